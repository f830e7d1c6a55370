// A request that was begun at another address of the same customer: the offer to go on with it here, and going on.
import type { Effect, FlowContext, Step, Utterance } from '../../src/flow.ts'
import type { Choice } from '../../src/message.ts'
import type { TicketView } from '../../src/tickets/ticket.ts'
import type { Heard } from '../heard.ts'
import { question, statement } from '../say.ts'
import { tellForm } from './answer.ts'
import { goOn } from './ask.ts'
import type { Place } from './sort.ts'
import { emptyRepairState, repairStateSchema, type RepairState } from './state.ts'

type SayStep = Extract<Step<RepairState>, { say: unknown }>

interface Begun {
  ticket: TicketView
  form: RepairState
  /** The conversation that has the form. */
  from: string
}

/** Its form is open elsewhere, and nobody has confirmed it or taken it as it is. */
export function begunElsewhere(ticket: TicketView): Begun | undefined {
  const { openElsewhere: open, status, _id, merged } = ticket
  if (open === undefined || open.flow !== 'report-repair' || status !== 'new') return undefined
  const { data: form } = repairStateSchema.safeParse(open.state)
  const isIts = form !== undefined && [_id, ...merged.map(({ number }) => number)].some((number) => number === form.ticket)
  return isIts ? { ticket, form, from: open.conversation } : undefined
}

/** The answers lead to this flow, whoever asked. */
export const offerChoices: readonly Choice[] = [
  { value: 'yes', label: '@begun.yes' },
  { value: 'no', label: '@begun.no' },
]

export function offer({ _id: number, subject }: TicketView): Utterance {
  return question('begun.offer', { number, subject }, number, offerChoices)
}

/**
 * Whether the words may go on with a request begun elsewhere. `agreed`: who names it, said yes, or talks on after it was offered, need not be asked.
 */
export function meantElsewhere(
  { offer: offered }: RepairState,
  heard: Heard,
  place: Place,
  tickets: readonly TicketView[],
): { begun: Begun; agreed: boolean } | undefined {
  const all = tickets.flatMap((ticket) => begunElsewhere(ticket) ?? [])
  const [last] = all
  // Offered with a greeting, before there were words to keep.
  if (heard.choice === 'yes' && last !== undefined) return { begun: last, agreed: true }
  const begun = place.kind === 'nothing' && all.length === 1 && mayGoOn(heard) ? last : all.find(({ ticket }) => ticket === onlyOne(place))
  if (begun === undefined) return undefined
  const number = begun.ticket._id
  return { begun, agreed: offered === number || heard.entities.ticketNumbers.includes(number) }
}

/** The one ticket that the words may be about, asked or not. */
function onlyOne(place: Place): TicketView | undefined {
  if (place.kind === 'add' || place.kind === 'same') return place.ticket
  return place.kind === 'which' && place.tickets.length === 1 ? place.tickets[0] : undefined
}

/** Words that could answer a question which was asked elsewhere. */
function mayGoOn({ intent, text }: Heard): boolean {
  return text !== '' && (intent === 'none' || intent === 'add_information')
}

/** The customer's words wait for the answer. */
export function offerToGoOn({ ticket }: Begun, heard: Heard): SayStep {
  return { state: { ...emptyRepairState(), stage: 'which', offer: ticket._id, pending: heard }, say: [offer(ticket)], effects: [] }
}

/** What is known counts, staff's word before the form's; what was asked for there is asked for here. `heard` is what the customer said to it. */
export function takeUp({ ticket, form, from }: Begun, heard: Heard | null, context: FlowContext): SayStep {
  const number = ticket._id
  const here: RepairState = {
    ...form,
    ticket: number,
    stage: 'form',
    fields: { ...form.fields, ...ticket.fields },
    asking: null,
    path: [],
    offered: [],
    incomplete: false,
    offer: null,
    pending: null,
  }
  const step: SayStep = heard === null ? { ...goOn(here, context), effects: [] } : tellForm(here, heard, context)
  const effects: Effect[] = [
    // Who was asked to go on here was told so where they were.
    { do: 'take_up', number, from, tell: heard !== null },
    ...(ticket.incomplete ? [{ do: 'mark_incomplete', number, incomplete: false } as const] : []),
  ]
  return { ...step, say: [statement('report.taken_up', { number }, number), ...step.say], effects: [...effects, ...step.effects] }
}
