// A message that could not be delivered: the customer's next address that works and that they consented to, or a person.
import { appendMessage, replyToken } from '../conversations/index.ts'
import type { Core } from '../core.ts'
import type { ContactPoint } from '../customers/index.ts'
import { timestamp } from '../clock.ts'
import { conversationId, contactPointId, digest, type OutboundMessage, type Place } from '../message.ts'
import { raiseTask } from '../tasks/index.ts'
import { openTask } from './settle.ts'
import { splitMessage } from './split-text.ts'
import { wakeDelivery } from './wake.ts'

export async function helpUndelivered(core: Core, messageId: string, key: string): Promise<void> {
  const message = await core.collections.messages.get(messageId)
  if (message?.direction !== 'outbound') return
  const point = await core.collections.contactPoints.get(contactPointId(message.channel, message.place.address))
  // Who wants no messages gets their answer nowhere else; what they asked is for a person to see.
  if (message.cause === 'answer' && point?.optedOut) return openTask(core, message, 'opted_out')
  const conversation = await core.collections.conversations.get(message.conversation)
  const points = conversation === undefined ? [] : await core.collections.contactPoints.find({ customer: conversation.customer })
  const rung = message.relayOf === null ? chooseRung(message, points, (channel) => core.channels.has(channel)) : undefined
  if (rung !== undefined) return relay(core, message, rung, key)
  await raiseTask(core, `t_${digest('undeliverable', message._id)}`, {
    kind: 'undeliverable',
    ticket: message.ticket,
    conversation: message.conversation,
    message: message._id,
  })
}

/** Another address this customer has written from themselves, that works and has not said stop; the last one met first. */
export function chooseRung(
  message: Pick<OutboundMessage, 'place'>,
  points: readonly ContactPoint[],
  isOn: (channel: Place['channel']) => boolean,
): ContactPoint | undefined {
  return points
    .filter((point) => point.channel !== null && isOn(point.channel) && point.bad === null && point.optedOut === null)
    .filter((point) => !(point.channel === message.place.channel && point.address === message.place.address))
    .toSorted((a, b) => (b.answers.at(-1) ?? '').localeCompare(a.answers.at(-1) ?? ''))[0]
}

/** The same words in that address's conversation, once. */
async function relay(core: Core, message: OutboundMessage, point: ContactPoint, key: string): Promise<void> {
  const { conversations, messages } = core.collections
  if (point.channel === null) return
  const known = (await conversations.find({ 'place.channel': point.channel, 'place.address': point.address }, { sort: { updatedAt: -1 }, limit: 1 }))[0]
  const place = known?.place ?? { channel: point.channel, account: core.mail.account, address: point.address, thread: message.ticket ?? '' }
  const abilities = core.channels.get(place.channel)?.abilities
  const stored = abilities?.storeIsDelivery === true
  for (const [n, part] of splitMessage(message, abilities?.textLimit ?? Infinity).entries()) {
    const id = `m_${n === 0 ? digest('relay', key) : digest('relay', key, String(n))}`
    await appendMessage(messages, {
      ...part,
      _id: id,
      key: id,
      conversation: conversationId(place),
      channel: place.channel,
      place,
      state: stored ? 'sent' : 'queued',
      reason: null,
      fullText: part.text,
      providerId: place.channel === 'email' ? `${id}@${core.mail.domain}` : null,
      replyToken: replyToken(core.sign, conversationId(place)),
      inReplyTo: null,
      references: [],
      attempts: 0,
      merged: [],
      held: false,
      relayOf: message._id,
      dueAt: timestamp(core.clock.now()),
      createdAt: timestamp(core.clock.now()),
    })
  }
  await wakeDelivery(core, conversationId(place))
}
