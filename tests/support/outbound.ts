// A message of ours on its way out, for tests of what channels make of it.
import type { Outgoing } from '../../src/channel.ts'
import { conversationId, type OutboundMessage, type Place } from '../../src/message.ts'
import { memoryFiles } from './mail-door.ts'

export function outboundTo(place: Place, change: Partial<OutboundMessage> = {}): OutboundMessage {
  const id = 'm_01JBRZ4T8C6Q2W9X5V7K3N1M0P'
  return {
    _id: id,
    key: id,
    conversation: conversationId(place),
    seq: 2,
    direction: 'outbound',
    state: 'sending',
    channel: place.channel,
    place,
    language: 'en',
    cause: 'answer',
    acknowledgement: true,
    text: 'Thank you. When may we come?',
    fullText: 'Thank you. When may we come?',
    choices: [],
    utterances: [],
    attachments: [],
    createdAt: '2024-03-05T12:00:00.000Z',
    ticket: 'R-4K7Q2MM',
    speaker: 'bot',
    providerId: null,
    replyToken: 'k3j9x2m4q8w7e6r5t1y0',
    inReplyTo: null,
    references: [],
    attempts: 1,
    dueAt: '2024-03-05T12:00:00.000Z',
    reason: null,
    merged: [],
    held: false,
    relayOf: null,
    maybeTwice: false,
    ...change,
  }
}

/** To a customer who wrote a moment ago, by this route where the channel has some. */
export function outgoing(message: OutboundMessage, files = memoryFiles(), route: string | null = null): Outgoing {
  return { message, files, lastInbound: { at: message.createdAt, route }, template: null, unsubscribe: null }
}
