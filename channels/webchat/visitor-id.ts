// The id of a new visitor: unguessable, and never one that a client chose.
import { digest } from '../../src/message.ts'
import { randomText, type Random } from '../../src/random.ts'

/**
 * `dl_` and 130 bits of randomness; with a claimed id, a hash of both in a name space of its own (`dl_u…`).
 * Tokens are handed out without a secret, so a claimed id proves nothing: were it taken as it is, or hashed alone, whoever
 * says "alice" would read Alice's conversation. Mixed with randomness, two visitors who claim one id are two visitors.
 */
export function newVisitorId(random: Random, site: string, claimed: string | undefined): string {
  const secret = randomText(random, 26).toLowerCase()
  return claimed === undefined ? `dl_${secret}` : `dl_u${digest('claimed visitor', site, claimed, secret)}`
}
