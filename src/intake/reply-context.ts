// Which ticket the customer's messages answer: that of the message which each of them replies to or quotes, where the channel tells.
import type { Core } from '../core.ts'
import type { InboundMessage } from '../message.ts'
import { survivorOf } from '../tickets/index.ts'

/** More than one message answers at a time; a long mail thread names them all. */
const lookedUpMax = 20

/** Tickets by the ids of messages. A hint and no leave: flows look among the customer's own tickets only. */
export async function repliesAbout(core: Core, messages: readonly InboundMessage[]): Promise<Record<string, string>> {
  const about: Record<string, string> = {}
  for (const message of messages) {
    const ticket = await ticketAnswered(core, message)
    if (ticket !== undefined) about[message._id] = ticket
  }
  return about
}

async function ticketAnswered(core: Core, { repliesTo = [], references }: InboundMessage): Promise<string | undefined> {
  const { messages } = core.collections
  // The last of a mail's references is the one that is answered.
  const ids = [...repliesTo, ...references.toReversed()].slice(0, lookedUpMax)
  if (ids.length === 0) return undefined
  const byOurId = await Promise.all(repliesTo.map((id) => messages.get(id)))
  const found = [...byOurId.filter((each) => each !== undefined), ...(await messages.find({ providerId: { $in: ids } }, { limit: 2 * lookedUpMax }))]
  const answered = ids.flatMap((id) => found.find(({ _id, providerId, ticket }) => (_id === id || providerId === id) && ticket !== null) ?? [])[0]
  return answered?.ticket ? (await survivorOf(core, answered.ticket))._id : undefined
}
