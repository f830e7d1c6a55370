// What a reply will be when the customer gets it: on which channel, in which words and pieces, and what happens if the channel will not take it.
import type { Channel } from '../channel.ts'
import { timestamp, type Timestamp } from '../clock.ts'
import { conversationStream } from '../conversations/index.ts'
import type { Core } from '../core.ts'
import { prepare } from '../delivery/prepare.ts'
import { splitMessage } from '../delivery/split-text.ts'
import { nextRung } from '../delivery/ladder.ts'
import { SendError } from '../errors.ts'
import { decideAgentReply } from '../intake/speak-first.ts'
import type { Decision } from '../journal/index.ts'
import { contactPointId, type ChannelName, type Language, type OutboundMessage } from '../message.ts'
import { ticketStream } from '../tickets/index.ts'
import { checkTicket, type TicketRefusal } from './change-ticket.ts'
import type { Agent } from './claim.ts'
import { maskAddress } from './mask.ts'
import { windowOf } from './window.ts'

export interface ReplyPreview {
  channel: ChannelName
  /** Masked: enough to tell two addresses apart. */
  address: string
  language: Language
  subject: string | null
  /** Exactly as the customer will read it, a piece for each message. */
  texts: readonly string[]
  /** Until when free words are taken; null where there is no such limit. */
  windowUntil: Timestamp | null
  way: Way
  /** Position of the last message of the conversation: what the agent has seen. */
  seen: number
}

export type Way =
  | { kind: 'direct' }
  /** Too late for free words: the words go into a template approved by the provider. */
  | { kind: 'template'; id: string }
  /** Too late for free words and no template: the next address of the customer. */
  | { kind: 'fallback'; channel: ChannelName; address: string }
  /** It will not be delivered; a person is told. */
  | { kind: 'nowhere'; why: 'window_closed' | 'opted_out' | 'bad_address' }

export type PreviewResult = { kind: 'preview'; preview: ReplyPreview } | { kind: 'refused'; refusal: TicketRefusal }

/** Sends and changes nothing. */
export async function previewReply(core: Core, number: string, text: string, agent: Agent): Promise<PreviewResult> {
  const ticket = await core.journal.load(ticketStream, number)
  const refusal = checkTicket(ticket)
  if (refusal !== undefined) return { kind: 'refused', refusal }
  const { conversation } = ticket
  const state = conversation === null ? undefined : await core.journal.load(conversationStream, conversation)
  if (conversation === null || !state?.place) return { kind: 'refused', refusal: { kind: 'no_conversation' } }
  const channel = core.channels.get(state.place.channel)
  if (channel === undefined) return { kind: 'refused', refusal: { kind: 'channel_off', channel: state.place.channel } }

  const words = { kind: 'reply', conversation, text, agent: agent.id, speaker: agent.name, ticket: number } as const
  const messages = messagesOf(await decideAgentReply(core, state, words))
  const [message] = messages
  if (message === undefined) throw new Error('a reply says something')
  const [last] = await core.collections.messages.find({ conversation }, { sort: { seq: -1 }, limit: 1 })
  const way = await chooseWay(core, channel, message, state.customer)
  const carrier = way.kind === 'fallback' ? core.channels.get(way.channel) : channel
  const shown = messages.flatMap((each) =>
    splitMessage(way.kind === 'fallback' ? { ...each, channel: way.channel } : each, carrier?.abilities.textLimit ?? Infinity),
  )
  const previews = shown.map((each) => carrier?.preview?.(each) ?? { texts: [each.text] })
  return {
    kind: 'preview',
    preview: {
      channel: message.channel,
      address: maskAddress(message.place.address),
      language: message.language,
      subject: previews[0]?.subject ?? null,
      texts: previews.flatMap(({ texts }) => texts),
      windowUntil: await windowOf(core, channel.abilities, conversation),
      way,
      seen: last?.seq ?? 0,
    },
  }
}

/** The messages as they would be stored, but for their place in line. */
function messagesOf(decision: Decision<never>): OutboundMessage[] {
  const effects = decision.kind === 'entry' ? decision.effects : []
  return effects.flatMap((effect) => (effect.do === 'say' ? [{ ...effect.message, seq: 0, createdAt: timestamp(0) }] : []))
}

async function chooseWay(core: Core, channel: Channel, message: OutboundMessage, customer: string): Promise<Way> {
  const { contactPoints } = core.collections
  const point = await contactPoints.get(contactPointId(message.channel, message.place.address))
  if (!point?.bad && !point?.optedOut) {
    try {
      const { template } = await prepare(core, channel, message)
      return template === null ? { kind: 'direct' } : { kind: 'template', id: template.id }
    } catch (error) {
      if (!(error instanceof SendError)) throw error
    }
  }
  const rung = await nextRung(core, message, customer)
  if (rung === undefined) return { kind: 'nowhere', why: point?.optedOut ? 'opted_out' : point?.bad ? 'bad_address' : 'window_closed' }
  return { kind: 'fallback', channel: rung.channel, address: maskAddress(rung.address) }
}
