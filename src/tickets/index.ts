// Tickets: numbers, states, history.
export { readTicketNumber } from './number.ts'
export { categoryOf, nextStatuses, phaseOf, priorities, statuses, type Priority, type TicketStatus } from './status.ts'
export { checkFailure, failureFields, otherCode, readParts, type FailureField, type FailureLists, type FailureProblem, type FailureRecord } from './failure.ts'
export { ticketStream, ticketsCollection } from './stream.ts'
export type { FreshTicket, RepairFields, Ticket, TicketView } from './ticket.ts'
export { changeStatus, decideStatus, type StatusChange } from './change-status.ts'
export { applyTicketChange } from './change-by-conversation.ts'
export { freshTicketNumber } from './fresh-number.ts'
