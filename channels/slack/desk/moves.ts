// What happened to a ticket and the work for it, in a line each. Pure.
import type { TicketCard } from '../../../src/desk/index.ts'
import { requestNames, outcomeNames, workKindNames, workStatusNames } from './work.ts'
import { safe, statusNames, when, who } from './words.ts'

type Move = TicketCard['moves'][number]
type Happened = Move['events'][number]

export function moveWords(move: Move): string {
  return `${when(move.at)} · ${by(move.actor)}: ${deedWords(move)}`
}

/** Without who and when. */
export function deedWords({ about, events }: Move): string {
  const done = events
    .slice(0, 4)
    .map((event) => eventWords(event, about))
    .filter((words) => words !== '')
  return done.length === 0 ? subject(about) : done.join(', ')
}

/** What is spoken of, where it is not the ticket itself. */
function subject({ kind, name }: Move['about']): string {
  switch (kind) {
    case 'ticket':
      return ''
    case 'work_order':
      return workName(name)
    case 'part_request':
      return safe(name, 75)
    case 'quote':
      return 'quote'
    case 'survey':
      return 'survey'
  }
}

function workName(kind: string): string {
  return Object.entries(workKindNames).find(([each]) => each === kind)?.[1] ?? safe(kind, 40)
}

export function by({ kind, id }: Move['actor']): string {
  switch (kind) {
    case 'agent':
      return id === null ? 'an agent' : who(id, id)
    case 'engineer':
      return id === null ? 'an engineer' : `engineer ${safe(id, 75)}`
    case 'customer':
      return 'the customer'
    case 'api':
      return 'another system'
    case 'clock':
    case 'system':
    case 'bot':
      return `the ${kind}`
  }
}

/** Empty for what only bookkeeping is interested in. */
function eventWords(event: Happened, about: Move['about']): string {
  switch (event.type) {
    case 'ticket.created':
      return 'opened it'
    case 'ticket.status_changed':
      return `${statusNames[event.from]} → ${statusNames[event.to]}${event.comment === null ? '' : ` (${safe(event.comment, 100)})`}`
    case 'ticket.reopened':
      return 'opened it again'
    case 'ticket.assigned':
      return `gave it to ${who(event.assignee, event.name ?? event.assignee)}`
    case 'ticket.unassigned':
      return 'gave it back to the team'
    case 'ticket.team_set':
      return `gave it to the team ${safe(event.team, 75)}`
    case 'ticket.merged':
      return `merged it into ${event.into}`
    case 'ticket.told_apart':
      return `said that ${event.other} is another case`
    case 'ticket.failure_recorded':
      return 'wrote the failure record'
    case 'ticket.rated':
      return `rated it ${event.score} of 5`
    case 'note.created':
      return 'left a note'
    default:
      return aroundWords(event, subject(about))
  }
}

/** Of the work, its parts, the quote and the survey. */
function aroundWords(event: Happened, named: string): string {
  switch (event.type) {
    case 'work_order.opened':
      return `opened work: ${named}`
    case 'work_order.status_changed': {
      const why = event.comment === null ? '' : ` (${safe(event.comment, 100)})`
      return `${named} ${workStatusNames[event.from]} → ${workStatusNames[event.to]}${event.outcome === undefined ? '' : `, ${outcomeNames[event.outcome]}`}${why}`
    }
    case 'work_order.held':
      return `put the work on hold: ${safe(event.reason, 100)}`
    case 'work_order.released':
      return 'the work goes on'
    case 'work_order.assigned':
      return event.name === null ? `took ${named} back` : `gave ${named} to ${safe(event.name, 75)}`
    case 'work_order.pooled':
      return 'nobody takes the visit: it is in the pool'
    case 'work_order.recorded':
      return `recorded the work${event.photos.length === 0 ? '' : `, ${event.photos.length} ${event.photos.length === 1 ? 'photo' : 'photos'}`}`
    case 'appointment.wanted':
      return 'the customer is asked for a time'
    case 'appointment.proposed':
      return `offered the customer ${event.slots.length} times`
    case 'appointment.confirmed':
      return `appointment with ${safe(event.name, 75)}, ${when(event.from)}`
    case 'appointment.rescheduled':
      return `appointment moved to ${when(event.from)}, ${safe(event.name, 75)}`
    case 'appointment.rejected':
      return `the engineer gave it back: ${safe(event.reason, 100)}`
    case 'appointment.reminded':
      return 'reminded the customer of the appointment'
    case 'appointment.canceled':
      return `appointment called off: ${safe(event.reason, 100)}`
    case 'part_request.changed':
      return `part ${named} ${requestNames[event.to]}`
    case 'part_request.named':
      return `said which part is meant: ${named}`
    case 'quote.drafted':
      return `drafted a quote, version ${event.version}`
    case 'quote.sent':
      return `sent the quote, version ${event.version}`
    case 'quote.approved':
    case 'quote.declined':
      return `quote ${event.type === 'quote.approved' ? ':white_check_mark: approved' : ':x: declined'}: “${safe(event.evidence.text, 100)}”`
    case 'quote.expired':
      return 'the quote expired'
    case 'quote.withdrawn':
      return `took the quote back${event.reason === null ? '' : `: ${safe(event.reason, 100)}`}`
    case 'survey.requested':
      return 'asked the customer how it went'
    case 'survey.responded':
      return event.score === null ? 'answered the survey' : `answered the survey: ${event.score} of 5`
    case 'survey.expired':
      return 'the survey was not answered'
    default:
      return ''
  }
}
