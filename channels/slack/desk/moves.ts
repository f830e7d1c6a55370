// What happened to a ticket last, in a line each. Pure.
import type { TicketCard } from '../../../src/desk/index.ts'
import { safe, statusNames, when, who } from './words.ts'

type Move = TicketCard['moves'][number]
type Happened = Move['events'][number]

export function moveWords({ at, actor, events }: Move): string {
  const done = events
    .slice(0, 4)
    .map(eventWords)
    .filter((words) => words !== '')
  return `${when(at)} · ${by(actor)}: ${done.join(', ')}`
}

function by({ kind, id }: Move['actor']): string {
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
function eventWords(event: Happened): string {
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
      return ''
  }
}
