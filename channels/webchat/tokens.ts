// Signed tokens: who a visitor is (access), a stream that may be opened (stream), a file that may be read (file).
import { hkdfSync } from 'node:crypto'
import { errors, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import type { Clock } from '../../src/clock.ts'
import { conversationId } from '../../src/message.ts'

/** Seconds. Direct Line's own clients refresh at half of it. */
export const accessLifetime = 30 * 60

/**
 * Seconds after its end for which a token may still be refreshed. A visitor has no account and no password: the token kept
 * by the browser is all there is to take up yesterday's conversation with. A repair takes days, so 30 of them, anew with each visit.
 */
export const refreshGrace = 30 * 24 * 60 * 60

/** Seconds. Stream addresses carry their token in the query, and queries end up in proxies' logs: enough to connect, no more. */
const streamLifetime = 60

/** Seconds. Links to files are signed anew whenever a message is read; a whole day, so that the link stays cacheable within it. */
const day = 24 * 60 * 60

/** Whom a token speaks for. */
export interface Visitor {
  /** The visitor's id: the address of the conversation's place. */
  user: string
  conversation: string
  /** What the visitor, or the page, calls them. Not verified. */
  name?: string
}

export type TokenRead<Value> = { kind: 'valid'; value: Value } | { kind: 'expired' } | { kind: 'invalid' }

/** One attachment of one message. */
export interface FileReference {
  conversation: string
  seq: number
  index: number
}

export interface Tokens {
  visitor(user: string, name?: string): Visitor
  access(visitor: Visitor): Promise<string>
  readAccess(token: string): Promise<TokenRead<Visitor>>
  /** Takes expired tokens too, up to `refreshGrace`. */
  readForRefresh(token: string): Promise<TokenRead<Visitor>>
  stream(visitor: Visitor): Promise<string>
  readStream(token: string): Promise<TokenRead<Visitor>>
  file(reference: FileReference): Promise<string>
  readFile(token: string): Promise<TokenRead<FileReference>>
}

const visitorClaims = z.object({ site: z.string(), user: z.string().min(1), name: z.string().optional() })
const fileClaims = z.object({ conv: z.string(), seq: z.number().int(), index: z.number().int() })

export function createTokens(options: { site: string; secret: Uint8Array; clock: Clock }): Tokens {
  const { site, clock } = options
  // A key of its own, so that no other use of the same secret can make a token.
  const key = new Uint8Array(hkdfSync('sha256', options.secret, new Uint8Array(), 'mendline webchat tokens', 32))
  const seconds = () => Math.floor(clock.now() / 1000)

  const visitor = (user: string, name?: string): Visitor => ({
    user,
    conversation: conversationId({ channel: 'webchat', account: site, address: user, thread: '' }),
    ...(name === undefined ? {} : { name }),
  })

  const sign = (audience: Audience, claims: Record<string, unknown>, expires: number) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).setAudience(audience).setExpirationTime(expires).sign(key)

  async function read<Value>(token: string, audience: Audience, tolerance: number, schema: z.ZodType<Value>): Promise<TokenRead<Value>> {
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: ['HS256'],
        audience,
        requiredClaims: ['exp'],
        clockTolerance: tolerance,
        currentDate: new Date(clock.now()),
      })
      const claims = schema.safeParse(payload)
      return claims.success ? { kind: 'valid', value: claims.data } : { kind: 'invalid' }
    } catch (error) {
      if (error instanceof errors.JWTExpired) return { kind: 'expired' }
      if (error instanceof errors.JOSEError) return { kind: 'invalid' }
      throw error
    }
  }

  async function readVisitor(token: string, audience: Audience, tolerance: number): Promise<TokenRead<Visitor>> {
    const claims = await read(token, audience, tolerance, visitorClaims)
    if (claims.kind !== 'valid') return claims
    return claims.value.site === site ? { kind: 'valid', value: visitor(claims.value.user, claims.value.name) } : { kind: 'invalid' }
  }

  // `conv` and `user` are what Microsoft's clients read out of a token; Web Chat takes its own user's id from there.
  const claimsOf = ({ user, conversation, name }: Visitor) => ({ site, user, conv: conversation, ...(name === undefined ? {} : { name }) })

  return {
    visitor,
    access: (who) => sign('access', { ...claimsOf(who), iat: seconds() }, seconds() + accessLifetime),
    readAccess: (token) => readVisitor(token, 'access', 0),
    readForRefresh: (token) => readVisitor(token, 'access', refreshGrace),
    stream: (who) => sign('stream', { site, user: who.user }, seconds() + streamLifetime),
    readStream: (token) => readVisitor(token, 'stream', 0),
    file: ({ conversation, seq, index }) => sign('file', { conv: conversation, seq, index }, (Math.floor(seconds() / day) + 2) * day),
    async readFile(token) {
      const claims = await read(token, 'file', 0, fileClaims)
      if (claims.kind !== 'valid') return claims
      const { conv, seq, index } = claims.value
      return { kind: 'valid', value: { conversation: conv, seq, index } }
    },
  }
}

type Audience = 'access' | 'stream' | 'file'
