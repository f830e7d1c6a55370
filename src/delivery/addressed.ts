// What of an outgoing message follows from where it goes: a channel's own needs (a Message-ID for mail, a reply address) are met here and nowhere else.
import { timestamp } from '../clock.ts'
import { replyToken } from '../conversations/index.ts'
import type { Core } from '../core.ts'
import { conversationId, type OutboundMessage, type Place } from '../message.ts'

type Addressed = Pick<
  OutboundMessage,
  | '_id'
  | 'key'
  | 'direction'
  | 'conversation'
  | 'channel'
  | 'place'
  | 'state'
  | 'reason'
  | 'providerId'
  | 'replyToken'
  | 'inReplyTo'
  | 'references'
  | 'attempts'
  | 'dueAt'
  | 'merged'
  | 'held'
  | 'relayOf'
  | 'maybeTwice'
>

/** A new message to a place, not yet tried. */
export function addressed(core: Core, place: Place, id: string): Addressed {
  const conversation = conversationId(place)
  return {
    _id: id,
    key: id,
    direction: 'outbound',
    conversation,
    channel: place.channel,
    place,
    state: core.channels.get(place.channel)?.abilities.storeIsDelivery === true ? 'sent' : 'queued',
    reason: null,
    providerId: place.channel === 'email' ? `${id}@${core.mail.domain}` : null,
    replyToken: replyToken(core.sign, conversation),
    inReplyTo: null,
    references: [],
    attempts: 0,
    dueAt: timestamp(core.clock.now()),
    merged: [],
    held: false,
    relayOf: null,
    maybeTwice: false,
  }
}
