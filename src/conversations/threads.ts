// Which conversation an earlier message or a reply address belongs to. A match counts only for a participant.
import { conversationId, digest, type NewMessage, type Place } from '../message.ts'
import { defineCollection, type Collection } from '../storage/collection.ts'

/** A name under which a conversation can be found: a mail's Message-ID, the token of a reply address. */
export interface Thread {
  _id: string
  conversation: string
  place: Place
}

export const threadsCollection = defineCollection<Thread>('threads')

export function referenceId(reference: string): string {
  return digest('reference', reference)
}

export function tokenId(token: string): string {
  return digest('token', token.toLowerCase())
}

/** The token in a conversation's reply address: follows from the secret, so it needs no look-up and cannot be guessed. */
export function replyToken(sign: (text: string) => string, conversation: string): string {
  return sign(`reply:${conversation}`).slice(0, 20)
}

/** Where a new message belongs: the thread it answers if its sender takes part in that, else a place of its own. */
export async function placeMessage(
  message: NewMessage,
  find: { threads: Collection<Thread>; placeOfTicket(number: string): Promise<Place | undefined> },
): Promise<Place> {
  const own: Place = { channel: message.channel, account: message.account, address: message.from.address, thread: message.thread }
  const hints = message.hints
  if (hints === undefined) return own
  const takesPart = (place: Place | undefined): place is Place =>
    place !== undefined && place.channel === message.channel && place.address === message.from.address
  for (const id of [...hints.tokens.map(tokenId), ...hints.references.toReversed().map(referenceId)]) {
    const place = (await find.threads.get(id))?.place
    if (takesPart(place)) return place
  }
  for (const number of hints.numbers) {
    const place = await find.placeOfTicket(number)
    if (takesPart(place)) return place
  }
  return own
}

export async function rememberThread(threads: Collection<Thread>, ids: readonly string[], place: Place): Promise<void> {
  for (const id of ids) await threads.insert({ _id: id, conversation: conversationId(place), place })
}
