// Puts a quote before the customer and takes their word on it. Started from outside with `quote`, `version`, `ticket`; without them it is
// about the one that waits for this customer: of several, that of the repair they mean. A yes counts only where it is one: what depends, asks or bargains goes to a person.
import { z } from 'zod'
import type { Flow, FlowContext, QuoteView, Step } from '../src/flow.ts'
import type { QuoteDecision } from '../src/quotes/quote.ts'
import type { TicketView } from '../src/tickets/ticket.ts'
import { sayDay } from '../src/hours/say-when.ts'
import { hear, heardSchema, type Heard } from './heard.ts'
import { money, priceList } from '../src/quotes/money.ts'
import { question, statement } from './say.ts'
import { chooseTicket, ticketChoices } from './which.ts'

const sure = 0.85
const choices = [
  { value: 'approve', label: '@quote.approve' },
  { value: 'decline', label: '@quote.decline' },
]

const stateSchema = z.object({
  /** What is looked up: the quote to show, which ones wait, whether the words about it still count. `which`: the customer was asked of which repair. */
  stage: z.enum(['show', 'asked', 'find', 'which', 'judge']),
  quote: z.object({ id: z.string(), version: z.number() }).nullable(),
  heard: heardSchema.nullable(),
  /** Those that it may be. */
  waiting: z.array(z.object({ id: z.string(), version: z.number(), ticket: z.string() })).default([]),
})
type State = z.infer<typeof stateSchema>

export const answerQuote: Flow<State> = {
  name: 'answer-quote',
  version: 1,
  parseState: (stored) => stateSchema.parse(stored),
  start({ args }) {
    const { quote: id, version } = args
    if (id === undefined) return { state: { stage: 'find', quote: null, heard: null, waiting: [] }, say: [], effects: [] }
    const quote = { id, version: Number(version) }
    return { state: { stage: 'show', quote, heard: null, waiting: [] }, ask: { kind: 'quote', quote } }
  },
  next(state, input, context) {
    switch (input.kind) {
      case 'messages': {
        const heard = hear(input.messages)
        if (state.stage === 'which') return judgeChosen(state, heard)
        if (state.quote === null) return { state: { ...state, heard }, ask: { kind: 'quotes' } }
        if (isForOthers(heard)) return { pass: true }
        return { state: { ...state, stage: 'judge', heard }, ask: { kind: 'quote', quote: state.quote } }
      }
      case 'answer': {
        if (input.answer.kind === 'quotes') {
          const waiting = input.answer.quotes.map(({ id, version, ticket }) => ({ id, version, ticket }))
          return waiting.length === 0 ? { pass: true } : { state: { ...state, waiting }, ask: { kind: 'tickets' } }
        }
        if (input.answer.kind === 'tickets') return choose(state, input.answer.tickets, context)
        const quote = input.answer.kind === 'quote' ? input.answer.quote : undefined
        return state.stage === 'judge' && state.heard !== null ? judge(state, state.heard, quote, context) : show(state, quote, context)
      }
      case 'resumed':
        return state.quote === null ? { pass: true } : { state: { ...state, stage: 'show' }, ask: { kind: 'quote', quote: state.quote } }
      case 'abandoned':
        return { state, say: [], effects: [] }
    }
  },
}

/** A yes to one offer is none to another: where it may be either, nobody guesses. */
function choose(state: State, tickets: readonly TicketView[], context: FlowContext): Step<State> {
  const { heard, waiting } = state
  if (heard === null) return { pass: true }
  const chosen = chooseTicket(heard, tickets, context)
  const offered = tickets.filter(({ _id }) => waiting.some(({ ticket }) => ticket === _id))
  // About another repair than any of those.
  if (chosen.kind === 'one' && (chosen.by === 'reply' || chosen.by === 'number') && !offered.includes(chosen.ticket)) return { pass: true }
  const among = chooseTicket(heard, offered, context)
  if (among.kind === 'none') return { pass: true }
  if (among.kind === 'one') return judgeChosen(state, { choice: among.ticket._id })
  const choices = [...ticketChoices(among.tickets), { value: 'none', label: '@which.none' }]
  return { state: { ...state, stage: 'which' }, say: [question('which.ask', {}, null, choices)], effects: [] }
}

/** The words said before count for the quote of the repair that was chosen. */
function judgeChosen(state: State, { choice }: Pick<Heard, 'choice'>): Step<State> {
  if (choice === 'none') return { state: 'done', say: [statement('quote.to_person')], effects: [{ do: 'open_task', kind: 'quote' }] }
  const chosen = state.waiting.find(({ ticket }) => ticket === choice)
  if (chosen === undefined) return { pass: true }
  const quote = { id: chosen.id, version: chosen.version }
  return { state: { ...state, stage: 'judge', quote }, ask: { kind: 'quote', quote } }
}

function show(state: State, quote: QuoteView | undefined, context: FlowContext): Step<State> {
  // Taken back, or decided on its page, before it could be said.
  if (quote?.state !== 'sent') return { state: 'done', say: [], effects: [] }
  const { language, settings } = context
  const { id, version, ticket, subject, lines, currency, total, note, validUntil, link } = quote
  const about = {
    number: ticket,
    subject,
    lines: priceList(lines, currency, language),
    total: money(total, currency, language),
    until: sayDay(Date.parse(validUntil), language, settings.timeZone),
    link,
  }
  return {
    state: { ...state, stage: 'asked', quote: { id, version } },
    say: [
      statement('quote.offer', about, ticket),
      ...(note === null ? [] : [statement('quote.note', { note }, ticket)]),
      question('quote.ask', { link }, ticket, choices),
    ],
    effects: [],
  }
}

function judge(state: State, heard: Heard, quote: QuoteView | undefined, context: FlowContext): Step<State> {
  if (quote === undefined) return { pass: true }
  const { id, version, ticket, subject, total, currency } = quote
  const attach = { do: 'attach', number: ticket, messages: heard.ids } as const
  const decision = decisionIn(heard)
  const about = { number: ticket, subject, total: money(total, currency, context.language) }
  if (quote.state !== 'sent') {
    const key = quote.state === decision ? `quote.done.${decision}` : 'quote.late'
    const person = quote.state === decision ? [] : [{ do: 'open_task', kind: 'quote', ticket } as const]
    return { state: 'done', say: [statement(key, about, ticket)], effects: [attach, ...person] }
  }
  if (decision === undefined)
    return {
      state: { ...state, stage: 'asked', quote: { id, version }, heard: null },
      say: [statement('quote.to_person', {}, ticket), question('quote.ask_again', about, ticket, choices)],
      effects: [attach, { do: 'open_task', kind: 'quote', ticket }],
    }
  return {
    state: 'done',
    say: [statement(`quote.done.${decision}`, about, ticket)],
    effects: [attach, { do: 'answer_quote', quote: id, version, decision, text: heard.text, message: heard.ids.at(-1) ?? null }],
  }
}

/** Undefined where somebody has to read it: a condition, a question, another price. */
function decisionIn({ choice, intent, confidence, text }: Heard): QuoteDecision | undefined {
  // Words may be taken for a choice that they only begin with.
  if (isConditional(text)) return undefined
  if (choice === 'approve') return 'approved'
  if (choice === 'decline') return 'declined'
  if (confidence < sure) return undefined
  if (intent === 'confirm' || intent === 'approve') return 'approved'
  return intent === 'deny' || intent === 'decline' || intent === 'cancel' ? 'declined' : undefined
}

function isConditional(text: string): boolean {
  if (/^\W*\d\W*$/.test(text)) return false
  return /[?？]|\d|\b(?:if|but|only|unless|cheaper|discount|except|provided|depends|instead|without|first)\b|如果|但|除非|只|便宜|折扣|优惠|先|要是|不过|能不能|可不可以/iu.test(
    text,
  )
}

/** A new trouble, or a wish for something else altogether. */
function isForOthers({ intent, confidence, choice }: Heard): boolean {
  return choice === undefined && confidence >= sure && (intent === 'report_repair' || intent === 'reopen')
}
