// The work for a ticket on its card: each visit and job in the shop with its stage, engineer, time and outcome; the parts it waits for. Pure.
import type { AnyBlock } from '@slack/web-api'
import type { TicketCard } from '../../../src/desk/index.ts'
import { inLines, mrkdwn, safe, when } from './words.ts'

type Work = TicketCard['work'][number]

export const workKindNames: Readonly<Record<Work['kind'], string>> = { visit: 'Visit', mail_in: 'Sent in', walk_in: 'Brought in' }

export const workStatusNames: Readonly<Record<Work['status'], string>> = {
  unscheduled: 'not scheduled',
  scheduled: 'scheduled',
  dispatched: 'offered to the engineer',
  accepted: 'the engineer comes',
  en_route: 'on the way',
  on_site: 'on site',
  completed: ':white_check_mark: completed',
  cannot_complete: ':warning: could not be completed',
  canceled: 'cancelled',
  awaiting_item: 'awaits the device',
  received: 'received',
  in_repair: 'in repair',
  ready: 'ready to go back',
  returned: ':white_check_mark: returned',
}

export const outcomeNames: Readonly<Record<NonNullable<Work['outcome']>, string>> = {
  repaired: 'repaired',
  replaced: 'replaced',
  unrepairable: 'beyond repair',
  declined_and_returned: 'declined, goes back as it is',
}

export const requestNames: Readonly<Record<TicketCard['parts'][number]['status'], string>> = {
  requested: 'asked for',
  allocated: 'reserved',
  received: 'received',
  cancelled: 'given back',
}

const shown = 4

export function workBlocks({ work, parts }: TicketCard): AnyBlock[] {
  const more = work.length > shown ? [`and ${work.length - shown} more`] : []
  const needed = parts.slice(0, 8).map(({ name, status }) => `${safe(name, 60)} ${requestNames[status]}`)
  const left = parts.length > needed.length ? [`${parts.length - needed.length} more`] : []
  const lines = [...work.slice(0, shown).map(workLine), ...more, ...(needed.length === 0 ? [] : [`:nut_and_bolt: Parts: ${[...needed, ...left].join(', ')}`])]
  return lines.length === 0 ? [] : [{ type: 'section', text: mrkdwn(inLines(lines)) }]
}

function workLine({ kind, status, since, outcome, engineer, appointment, offerUntil, hold }: Work): string {
  const about = [
    `*${workStatusNames[status]}* since ${when(since)}`,
    engineer === null ? '' : safe(engineer, 75),
    appointment === null ? '' : `appointment ${when(appointment.from)}`,
    offerUntil === null || status !== 'dispatched' ? '' : `answers by ${when(offerUntil)}`,
    outcome === null ? '' : outcomeNames[outcome],
    hold === null ? '' : `:double_vertical_bar: on hold: ${safe(hold, 100)}`,
  ]
  return `:wrench: *${workKindNames[kind]}* ${about.filter((part) => part !== '').join(' · ')}`
}
