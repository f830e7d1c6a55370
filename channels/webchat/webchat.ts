// The web chat: Direct Line 3.0, so that Microsoft's own clients work against it as well as our widget.
import type { Abilities, Channel } from '../../src/channel.ts'
import type { Clock } from '../../src/clock.ts'
import { StartError } from '../../src/errors.ts'
import type { Random } from '../../src/random.ts'
import { attachmentEndpoint } from './attachments.ts'
import type { Webchat } from './context.ts'
import { conversationEndpoints } from './conversations.ts'
import { guard } from './guard.ts'
import { createOrigins } from './origins.ts'
import { postEndpoints } from './post-activity.ts'
import { createRateLimit } from './rate-limit.ts'
import { textLimit } from './read-activity.ts'
import { streamRoute } from './stream.ts'
import { createTokens } from './tokens.ts'

export interface WebchatSettings {
  /** The account: which site of ours this is. Lower case. */
  site?: string
  /** As a browser reaches us, e.g. `https://help.example.com`. */
  publicUrl: string
  /** At least 32 bytes, the same in every process and after a restart: visitors' tokens hang on it. */
  secret: Uint8Array
  /** Origins of the pages that may embed the chat, or `*`; our own needs no mention. */
  allowedOrigins: readonly string[]
  clock: Clock
  random: Random
  /** A minute, and as a burst. Tokens and uploads by address, activities by conversation. */
  rateLimit?: { tokens?: number; activities?: number; uploads?: number }
  /** Keep-alive of idle streams, and the most that a lost hint delays a message. */
  keepAliveMs?: number
}

const abilities: Abilities = {
  textLimit,
  choices: 'buttons',
  questions: 'one_by_one',
  attachments: true,
  receipts: false,
  gatherMs: { text: 0, media: 0 },
  storeIsDelivery: true,
  budgeted: false,
  windowMs: null,
  carrierKeywords: false,
}

/** @throws StartError when the secret is too short. */
export function createWebchatChannel(settings: WebchatSettings): Channel {
  const { site = 'web', publicUrl, secret, allowedOrigins, clock, random, rateLimit = {}, keepAliveMs = 20_000 } = settings
  if (secret.length < 32) throw new StartError(['The secret of the web chat has fewer than 32 bytes: give it 32 random ones.'])
  const shared = {
    site,
    base: publicUrl.replace(/\/+$/, ''),
    clock,
    random,
    tokens: createTokens({ site, secret, clock }),
    origins: createOrigins(publicUrl, allowedOrigins),
    limits: {
      tokens: createRateLimit(rateLimit.tokens ?? 120, clock),
      activities: createRateLimit(rateLimit.activities ?? 240, clock),
      uploads: createRateLimit(rateLimit.uploads ?? 60, clock),
    },
    keepAliveMs,
  }
  return {
    name: 'webchat',
    abilities,
    sendIsIdempotent: true,
    serve(door) {
      const webchat: Webchat = { ...shared, door }
      return {
        http: guard(webchat, [...conversationEndpoints(webchat), ...postEndpoints(webchat), attachmentEndpoint(webchat)]),
        sockets: [streamRoute(webchat)],
      }
    },
    /** The visitor reads from our store: what is stored is sent. */
    send: async ({ message }) => ({ providerId: message._id, state: 'sent' }),
  }
}
