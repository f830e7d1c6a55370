// The headers by which we know our own mail when it comes back: a loop marker, and the id of the message for a bounce whose Message-ID was rewritten.
import { digest } from '../../src/message.ts'

/** On everything we send; a mail that carries our own value is our own mail come back. */
export const loopHeader = 'X-Mendline-Loop'

/** Our message's id. Amazon SES and others replace the Message-ID, and their bounces then return only this. */
export const idHeader = 'X-Mendline-Message'

/** Says whose mail it is without naming the domain in yet another place. */
export function loopValue(domain: string): string {
  return digest('mail loop', domain).slice(0, 16)
}
