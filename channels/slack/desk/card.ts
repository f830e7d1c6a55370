// A ticket as its card in the triage channel. Pure: the same ticket is the same card.
import type { AnyBlock, Button, Overflow } from '@slack/web-api'
import { digest } from '../../../src/message.ts'
import type { TicketCard } from '../../../src/desk/index.ts'
import { acts, type Act } from './acts.ts'
import { moveWords } from './moves.ts'
import { linkedTo, perhapsSame } from './related.ts'
import { workBlocks } from './work.ts'
import {
  channelNames,
  entitlementNames,
  excerpt,
  inLines,
  mrkdwn,
  phaseNames,
  plain,
  quoteNames,
  safe,
  statusNames,
  taskNames,
  when,
  who,
  wordBlocks,
} from './words.ts'

export interface Drawn {
  /** For notifications and screen readers. */
  text: string
  blocks: AnyBlock[]
  /** The same for the same content. */
  digest: string
}

export function drawCard(card: TicketCard): Drawn {
  const { ticket } = card
  const blocks: AnyBlock[] = [
    { type: 'header', text: plain(excerpt(`${ticket.number} · ${ticket.subject}`, 150)) },
    { type: 'section', fields: fieldsOf(card).map(mrkdwn) },
    ...workBlocks(card),
    ...lastWords(card),
    ...attention(card),
    ...perhapsSame(card),
    ...linkedTo(card),
    ...(card.moves.length === 0 ? [] : [{ type: 'context' as const, elements: card.moves.slice(0, 3).map((move) => mrkdwn(moveWords(move))) }]),
    ...buttons(card),
  ]
  const text = `${ticket.number} · ${statusNames[ticket.status]} · ${safe(ticket.subject, 100)}`
  return { text, blocks, digest: digest(text, JSON.stringify(blocks)) }
}

/** What is left where the card stood before it moved to another channel. */
export function drawMoved({ ticket }: TicketCard, channel: string): Drawn {
  const text = `${ticket.number} is in <#${channel}> now.`
  const blocks: AnyBlock[] = [{ type: 'section', text: mrkdwn(text) }]
  return { text, blocks, digest: digest(text) }
}

function fieldsOf(card: TicketCard): string[] {
  const { ticket, owner, team, place, control, windowUntil } = card
  const marks = [
    ticket.repeats === null ? '' : `:repeat: repeats ${ticket.repeats}`,
    inspected(card),
    ticket.incomplete ? 'left half-way' : '',
    ticket.spam ? 'spam' : '',
    ticket.mergedInto === null ? '' : `merged into ${ticket.mergedInto}`,
  ]
  const stage = [`*${statusNames[ticket.status]}* since ${when(card.statusSince)}`, phaseNames[ticket.phase], ...marks].filter((part) => part !== '')
  return [
    `*Stage*\n${stage.join(' · ')}`,
    `*Owner*\n${owner === null ? 'nobody yet' : `${who(owner.id, owner.name)} since ${when(owner.since)}`}${team === null ? '' : ` · ${safe(team.name, 75)}`}`,
    `*Customer*\n${safe(ticket.customer.name ?? 'not named yet', 100)} · ${place === null ? 'no address to write to' : `${channelNames[place.channel]} ${safe(place.address, 80)}`}`,
    `*Priority*\n${ticket.priority}${ticket.satisfaction === null ? '' : ` · rated ${ticket.satisfaction.score} of 5`}`,
    ...quoted(card),
    ...promised(card),
    ...(place === null
      ? []
      : [
          `*Speaks with the customer*\n${speaker(control)}${windowUntil === null ? '' : `\nFree words until ${when(windowUntil)}, later a template or another address`}`,
        ]),
    ...(ticket.asset.product === null && ticket.asset.serial === null
      ? []
      : [`*Device*\n${safe([ticket.asset.product, ticket.asset.serial].filter((part) => part !== null).join(' · '), 200)}${entitled(card)}`]),
    ...answers(ticket.fields.answers),
    ...(card.failure === null ? [] : [`*Found and done*\n${safe(failureWords(card.failure), 300)}`]),
  ]
}

/** What the customer answered to the company's own questions, as far as it is short: the rest is in the thread. */
function answers(given: TicketCard['ticket']['fields']['answers'] = {}): string[] {
  const short = Object.values(given).filter(({ label, text }) => label.length + text.length <= 120)
  const lines = short.slice(0, 6).map(({ label, text }) => `${safe(label, 60)}: ${safe(text, 100)}`)
  return lines.length === 0 ? [] : [`*Asked*\n${lines.join('\n')}`]
}

/** The visit of a plan, or a repair of what one found. */
function inspected({ ticket: { inspection } }: TicketCard): string {
  if (inspection === null) return ''
  return `:mag: ${safe(inspection.name, 75)}, ${inspection.role === 'found' ? `found by ${inspection.ticket ?? 'it'}` : `due ${when(inspection.due)}`}`
}

function quoted({ quote }: TicketCard): string[] {
  if (quote === null) return []
  const until = quote.state === 'sent' && quote.validUntil !== null ? `, until ${when(quote.validUntil)}` : ''
  return [`*Quote*\n${safe(quote.total, 40)} · ${quoteNames[quote.state]}${until}`]
}

/** What is promised and not done yet; a clock that stands has no time. */
function promised({ sla }: TicketCard): string[] {
  if (sla === null) return []
  const clocks = [
    { deed: 'answer', clock: sla.respond },
    { deed: 'working again', clock: sla.restore },
    { deed: 'resolved', clock: sla.resolve },
  ]
  const open = clocks.filter(({ clock: { state } }) => state !== 'met')
  const lines = open.map(
    ({ deed, clock: { state, due } }) => `${deed} ${due === null ? 'paused' : `${state === 'breached' ? ':red_circle: overdue since' : 'by'} ${when(due)}`}`,
  )
  return lines.length === 0 ? [] : [`*Promised*\n${lines.join('\n')}`]
}

function speaker({ owner, agent, until }: TicketCard['control']): string {
  if (owner === 'bot') return 'the bot'
  if (owner === 'none') return 'nobody'
  const named = agent === null ? 'a person; nobody has answered yet' : who(agent, agent)
  return until === null ? named : `${named}, until ${when(until)}`
}

/** What it is entitled to, with the last covered days. */
function entitled({ ticket: { entitlement, coverage } }: TicketCard): string {
  if (entitlement === null || coverage === null) return ''
  const [labour, parts] = [coverage.labour, coverage.parts].map(({ state, until }) =>
    until === null ? state : `${state === 'ended' ? 'ended' : 'until'} ${until}`,
  )
  const apart = entitlement === 'in_warranty' || entitlement === 'out_of_warranty' ? ` (labour ${labour}, parts ${parts})` : ''
  return `\n${entitlementNames[entitlement]}${apart}`
}

function failureWords(failure: NonNullable<TicketCard['failure']>): string {
  const { component, problem, cause, remedy, parts } = failure
  const coded = [component, problem, cause, remedy].map(({ code, text }) => text ?? code)
  return [coded.join(' · '), ...parts.map(({ part, quantity }) => `${quantity} × ${part}`)].join('; ')
}

function lastWords({ lastWords: last, photos }: TicketCard): AnyBlock[] {
  if (last === null) return []
  const shown = photos.length === 0 ? '' : ` · ${photos.length === 1 ? 'a photo' : `${photos.length} photos`} in the thread`
  return [
    { type: 'context', elements: [mrkdwn(`The customer, ${when(last.at)}${shown}`)] },
    ...(last.text.trim() === '' ? [] : wordBlocks(excerpt(last.text, 600), 1)),
  ]
}

function attention({ ticket: { satisfaction }, tasks, undelivered }: TicketCard): AnyBlock[] {
  const rated = satisfaction === null ? '' : ` (${satisfaction.score} of 5${satisfaction.comment === null ? '' : `: “${safe(satisfaction.comment, 200)}”`})`
  const lines = [
    ...tasks.map(({ kind, since }) => `:bell: ${taskNames[kind]}${kind === 'low_score' ? rated : ''}, since ${when(since)}`),
    ...undelivered.map(({ text, channel, reason }) => `:warning: not delivered by ${channelNames[channel]}: “${safe(text, 80)}” — ${safe(reason, 150)}`),
  ]
  return lines.length === 0 ? [] : [{ type: 'section', text: mrkdwn(inLines(lines)) }]
}

/** What can be done now: what is done often as buttons, the rest in a menu. */
function buttons(card: TicketCard): AnyBlock[] {
  const offered = acts.filter((act) => act.isFor(card))
  const often = offered.filter(({ often: isOften }) => isOften).map((act) => buttonOf(act, card))
  const rest = offered.filter(({ often: isOften }) => !isOften)
  return often.length + rest.length === 0
    ? []
    : [{ type: 'actions', block_id: 'acts', elements: [...often, ...(rest.length < 2 ? rest.map((act) => buttonOf(act, card)) : [menuOf(rest, card)])] }]
}

function buttonOf(act: Act, card: TicketCard): Button {
  return {
    type: 'button',
    action_id: act.id,
    text: plain(act.label(card)),
    value: card.ticket.number,
    ...(act.id === 'desk_claim' ? { style: 'primary' } : {}),
  }
}

/** A menu takes two to five entries; each carries the act and the ticket. */
function menuOf(rest: readonly Act[], card: TicketCard): Overflow {
  return {
    type: 'overflow',
    action_id: 'desk_more',
    options: rest.map((act) => ({ text: plain(act.label(card)), value: `${act.id} ${card.ticket.number}` })),
  }
}
