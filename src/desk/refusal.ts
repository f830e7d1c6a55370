// Why an act was refused, in words for the person who tried: the same on every face.
import type { MergeRefusal } from '../tickets/index.ts'
import type { TicketRefusal } from './change-ticket.ts'

export type Refusal = TicketRefusal | MergeRefusal

/** `when` writes a time as the face shows times, `who` an agent as the face names them. */
export function explainRefusal(
  refusal: Refusal,
  { when, who }: { when(at: string): string; who(id: string, name: string): string } = { when: (at) => at, who: (_, name) => name },
): string {
  switch (refusal.kind) {
    case 'unknown_ticket':
      return 'There is no ticket with this number.'
    case 'merged':
      return `This ticket was merged into ${refusal.into}; use that one.`
    case 'stale':
      return `The ticket has changed since: it is at version ${refusal.version} now. Read it again.`
    case 'not_allowed':
      return `A ticket that is ${refusal.from} can become: ${refusal.allowed.join(', ')}.`
    case 'owned':
      return `${who(refusal.by, refusal.name)} has had this ticket since ${when(refusal.since)}; assign it to yourself to take it over.`
    case 'no_conversation':
      return 'This ticket has no address of its customer that we can write to.'
    case 'channel_off':
      return `The customer writes by ${refusal.channel}, and that channel is off: its settings are missing.`
    case 'overtaken':
      return `${who('', refusal.name)} has written to the customer since you looked, at ${when(refusal.at)}. Read it, then send yours if it is still wanted.`
    case 'bad_record':
      return explainRecord(refusal.problem)
    case 'unknown_team':
      return `There is no team "${refusal.team}" in mendline.yaml.`
    case 'into_itself':
      return 'This is the ticket itself; name another one.'
    case 'into_unknown':
      return 'There is no ticket with the other number.'
    case 'into_merged':
      return `That one was merged into ${refusal.into} itself; name that one.`
    case 'into_done':
      return `That one is ${refusal.status}; reopen it first, or merge the other way round.`
    case 'too_late':
      return 'This came too late to count; nothing was changed.'
  }
}

export function explainRecord({ field, why }: Extract<TicketRefusal, { kind: 'bad_record' }>['problem']): string {
  switch (why) {
    case 'unknown':
      return `The ${field} is not in the list of mendline.yaml; choose one of it, or "other" with words.`
    case 'wants_words':
      return `"other" as ${field} wants words that say what it was.`
    case 'quantity':
      return 'Each part wants a name and a whole number of at least 1.'
  }
}
