// A message as its reader sees it, line by line: where it went if that is elsewhere, its subject, its words, its choices.
import type { Channel } from '../../channel.ts'
import type { OutboundMessage } from '../../message.ts'

/** What is played is not served: its links open nothing, and would be others with every key. */
const pageLink = /(\/s\/R-[0-9A-Z]{7})\.[0-9a-f]+/

/** Without empty lines. */
export type Heard = readonly string[]

/** Channels say themselves how they write a message; where one does not, its choices are buttons, numbered here. */
export function linesOf(message: OutboundMessage, channel: Channel | undefined, here: boolean): Heard {
  const { text, choices, place } = message
  const written = channel?.preview?.(message)
  const words = written?.texts ?? [text, ...choices.map(({ label }, index) => `[${index + 1}] ${label}`)]
  return [
    ...(here ? [] : [`(${place.channel} to ${place.address})`]),
    ...(written?.subject === undefined ? [] : [`Subject: ${written.subject}`]),
    ...words.flatMap((each) => each.split('\n')),
  ]
    .map((line) => line.trimEnd().replace(pageLink, '$1.…'))
    .filter((line) => line !== '')
}
