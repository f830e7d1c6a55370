// Rate limits on rate-limiter-flexible: in memory, or on Redis with memory as its understudy.
import type { Redis } from 'ioredis'
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible'
import type { Limits, Taken } from '../limits.ts'

const seconds = 60

export function memoryLimits(): Limits {
  return limitsOf((points) => new RateLimiterMemory({ points, duration: seconds }))
}

export function redisLimits(redis: Redis, keyPrefix: string): Limits {
  return limitsOf(
    (points) =>
      new RateLimiterRedis({
        storeClient: redis,
        keyPrefix: `${keyPrefix}:limit`,
        points,
        duration: seconds,
        insuranceLimiter: new RateLimiterMemory({ points, duration: seconds }),
      }),
  )
}

function limitsOf(create: (points: number) => RateLimiterAbstract): Limits {
  const limiters = new Map<number, RateLimiterAbstract>()
  const limiterOf = (limit: number): RateLimiterAbstract => {
    const limiter = limiters.get(limit) ?? create(limit)
    limiters.set(limit, limiter)
    return limiter
  }
  return {
    async take(bucket, limit) {
      try {
        return taken(await limiterOf(limit).consume(bucket), limit, true)
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) return taken(refusal, limit, false)
        throw refusal
      }
    },
  }
}

function taken({ remainingPoints, msBeforeNext }: RateLimiterRes, limit: number, allowed: boolean): Taken {
  return { allowed, limit, remaining: Math.max(0, remainingPoints), resetMs: Math.max(0, msBeforeNext) }
}
