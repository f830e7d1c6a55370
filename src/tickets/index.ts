// Tickets: numbers, states, history.
export { readTicketNumber } from './number.ts'
export { categoryOf, nextStatuses, phaseOf, priorities, statuses, type Priority, type TicketStatus } from './status.ts'
export {
  checkFailure,
  failureFields,
  otherCode,
  readParts,
  type FailureField,
  type FailureLists,
  type FailureProblem,
  type FailureRecord,
  type UsedPart,
} from './failure.ts'
export { ticketStream, ticketsCollection } from './stream.ts'
export type { FreshTicket, OpenElsewhere, RepairFields, Ticket, TicketView } from './ticket.ts'
export { changeStatus, decideStatus, type StatusChange } from './change-status.ts'
export { applyTicketChange } from './change-by-conversation.ts'
export { bringsOf, checkMerge, isOf, mergeStream, numbersOf, recordMerge, survivorOf, type MergeRefusal } from './merge.ts'
export { entitle, entitleIfTold } from './entitle.ts'
export { followRepeats, isFirstTimeFix, linkRepeat } from './repeat.ts'
export { recheck, recheckSoon } from './recheck.ts'
export { recordFailure } from './record-failure.ts'
export { alikeFrom, likenessOf, type Trouble } from './likeness.ts'
export { freshTicketNumber } from './fresh-number.ts'
export { compareAnew, followSameCase, proposeSameCase } from './propose-same.ts'
export { caseLikeness, type CaseLikeness } from './same-case.ts'
export { tellListeners } from './tell.ts'
