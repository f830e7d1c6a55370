// The desk: what staff can do and see. REST and Slack are its faces.
export { addNote, assign, describe, replayDeadLetter, replayNeedsReview, reply, setStatus, type Agent } from './act.ts'
export { type Deed, type TicketRefusal } from './change-ticket.ts'
export { createDesk, type Desk } from './desk.ts'
export { follow } from './follow.ts'
export { openTicket } from './open-ticket.ts'
export { pageOf, readCursor, timelineOf, viewMessage, viewTask, viewTicket } from './see.ts'
