// From what was said in a turn to messages ready for the outbox.
import type { Said, TurnResult } from '../bot/turn.ts'
import type { Abilities } from '../channel.ts'
import { timestamp } from '../clock.ts'
import type { Conversation } from '../conversations/index.ts'
import type { Core } from '../core.ts'
import { addressed } from '../delivery/addressed.ts'
import { optedOutReason } from '../delivery/consent.ts'
import { splitMessage } from '../delivery/split-text.ts'
import type { Consequence } from '../journal/index.ts'
import { linkTo } from '../links.ts'
import type { InboundMessage, Language } from '../message.ts'
import { newId } from '../random.ts'

interface About {
  number: string | null
  /** The message answered. */
  last?: InboundMessage
  /** The subject of a ticket that was opened with these words. */
  opened?: string | undefined
  speaker?: string
  /** Nothing may be sent here. Answers end there; news and an agent's words look for another way. */
  muted: boolean
}

export function outbound(core: Core, state: Conversation, result: Pick<TurnResult, 'say' | 'language'>, about: About): Consequence[] {
  const place = state.place
  if (place === null) return []
  const abilities = core.channels.get(place.channel)?.abilities
  const parts = result.say.flatMap((said) => splitMessage(withLink(core, said, result.language, abilities?.questions), abilities?.textLimit ?? Infinity))
  return parts.flatMap((said): Consequence[] => {
    const id = newId('m', core.clock, core.random)
    const ticket = said.ticket ?? about.number
    const subject = state.subject ?? plainSubject(about.last?.subject) ?? about.opened ?? core.company().flow.company
    // RFC 3834, and people who ask for no automatic answer: their ticket is made, nothing is said.
    const unwanted = about.last?.author === 'person_no_reply' && said.cause === 'answer' ? 'the sender wants no automatic answers' : null
    const reason = about.muted ? optedOutReason : unwanted
    const message: Consequence = {
      do: 'say',
      message: {
        ...addressed(core, place, id),
        ...(reason === null ? {} : { state: 'suppressed', reason }),
        language: result.language,
        cause: said.cause,
        acknowledgement: said.acknowledgement,
        text: said.text,
        fullText: said.text,
        choices: said.choices,
        utterances: said.utterances,
        subject: ticket === null ? subject : `[${ticket}] ${subject}`,
        attachments: [],
        ticket,
        speaker: about.speaker ?? 'bot',
        inReplyTo: about.last?.reference ?? state.reference,
        references: [...new Set([...state.references, ...(about.last?.references ?? []), ...(about.last?.reference ? [about.last.reference] : [])])],
      },
    }
    const now = timestamp(core.clock.now())
    return about.muted && said.cause !== 'answer' ? [message, { do: 'arm', at: now, alarm: { kind: 'undelivered', message: id } }] : [message]
  })
}

const begins = ['report.opened', 'ticket.acknowledged']
const accepts = ['report.accepted', 'ticket.status.accepted', 'ticket.status.accepted.comment']

/**
 * Words that a repair is accepted bring the link to its page; where all is asked at once, those that it has begun do too. A provider's
 * template can name the link as a value.
 */
function withLink(core: Core, said: Said, language: Language, questions: Abilities['questions'] | undefined): Said {
  const keys = questions === 'all_at_once' ? [...begins, ...accepts] : accepts
  if (said.ticket === null || !said.utterances.some(({ text }) => keys.includes(text))) return said
  const link = linkTo(core, 'status', said.ticket)
  const utterances = said.utterances.map((each) => (keys.includes(each.text) ? { ...each, with: { ...each.with, link } } : each))
  return { ...said, utterances, text: `${said.text}\n\n${core.render(language, 'ticket.page', { link })}` }
}

/** A subject without the marks of replying and without our own number. */
export function plainSubject(subject: string | undefined): string | undefined {
  const plain = subject?.replace(/^(\s*((re|aw|sv|fwd?|wg|回复|答复|转发|回覆|轉寄)\s*(\[\d+\])?[:：]|\[R-[0-9A-Z]{7}\]))+/i, '').trim()
  return plain || undefined
}
