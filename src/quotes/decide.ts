// The customer's word on a quote, wherever it was said: once, on the version they saw, with the evidence; and what becomes of one nobody answers.
import { arm } from '../alarms/arm.ts'
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import type { Alarm, Consequence, Decision } from '../journal/index.ts'
import { digest } from '../message.ts'
import { survivorOf, type Ticket, type TicketStatus } from '../tickets/index.ts'
import { quoteStream, type Evidence, type Quote, type QuoteDecision, type QuoteState } from './quote.ts'

export interface Word {
  quote: string
  version: number
  decision: QuoteDecision
  evidence: Evidence
}

export type DecideResult =
  | { kind: 'decided'; quote: Quote }
  /** This very decision was taken before. */
  | { kind: 'same' }
  /** It cannot be decided any more. */
  | { kind: 'closed'; state: QuoteState | null }

export interface Following {
  /** The customer hears what was taken down, because it was not said in their conversation. */
  tell: boolean
  /** Somebody has to read the words besides. */
  look: boolean
}

export async function decideQuote(core: Core, { quote: id, version, decision, evidence }: Word, key: string, { tell, look }: Following): Promise<DecideResult> {
  let outcome: Exclude<DecideResult, { kind: 'decided' }> = { kind: 'closed', state: null }
  const changed = await core.journal.change(quoteStream, id, {
    key,
    async decide(quote): Promise<Decision<never>> {
      const found = quote.versions.find((each) => each.version === version)
      if (found?.state !== 'sent' || (found.validUntil ?? '') <= evidence.at) {
        outcome = found?.state === decision ? { kind: 'same' } : { kind: 'closed', state: found?.state === 'sent' ? 'expired' : (found?.state ?? null) }
        return { kind: 'nothing' }
      }
      const ticket = await survivorOf(core, quote.ticket)
      const effects: Consequence[] = [
        { do: 'ticket', number: ticket._id, change: { change: 'status', to: after(decision, ticket), comment: null } },
        ...(decision === 'declined' || look ? [task(ticket, evidence.message)] : []),
        ...(tell ? told(core, ticket, `quote.noted.${decision}`) : []),
      ]
      return { kind: 'entry', actor: evidence.by, events: [{ type: `quote.${decision}`, version, evidence }], effects }
    },
  })
  return changed.kind === 'changed' || changed.kind === 'repeated' ? { kind: 'decided', quote: changed.state } : outcome
}

/** Said in a conversation; a word that came too late is answered with a sentence, and goes to a person. */
export async function decideInConversation(core: Core, word: Word, conversation: string, key: string): Promise<void> {
  const result = await decideQuote(core, word, key, { tell: false, look: false })
  if (result.kind !== 'closed') return
  const quote = await core.journal.load(quoteStream, word.quote)
  const ticket = await survivorOf(core, quote.ticket)
  await arm(core, digest('due', key, 'late'), timestamp(core.clock.now()), news(conversation, ticket._id, ticket.subject, 'quote.late'), true)
}

/** Only while it still waits for its answer. A person decides what is next. */
export async function expireQuote(core: Core, id: string, version: number, key: string): Promise<void> {
  await core.journal.change(quoteStream, id, {
    key,
    async decide(quote): Promise<Decision<never>> {
      if (quote.versions.find((each) => each.version === version)?.state !== 'sent') return { kind: 'nothing' }
      const ticket = await survivorOf(core, quote.ticket)
      const effects = [task(ticket, null), ...told(core, ticket, 'quote.expired')]
      return { kind: 'entry', actor: { kind: 'clock', id: null }, events: [{ type: 'quote.expired', version }], effects }
    },
  })
}

/** The ticket need not wait any longer: an approved repair goes on, a declined one is where it was. */
function after(decision: QuoteDecision, { before }: Ticket): TicketStatus {
  if (decision === 'declined') return before
  return before === 'new' ? 'accepted' : 'in_progress'
}

function task({ _id, conversation }: Ticket, message: string | null): Consequence {
  return { do: 'open_task', kind: 'quote', ticket: _id, conversation, message }
}

/** For the conversation of the ticket, if it has one. */
function told(core: Core, { _id, conversation, subject }: Ticket, text: string): Consequence[] {
  return conversation === null ? [] : [{ do: 'arm', at: timestamp(core.clock.now()), alarm: news(conversation, _id, subject, text) }]
}

function news(conversation: string, number: string, subject: string, text: string): Alarm {
  return { kind: 'tell', conversation, say: [{ text, with: { number, subject }, kind: 'statement', ticket: number }], ticket: number }
}
