// The desk: what staff can do and see. REST and Slack are its faces.
export { addNote, assign, describe, reply, setStatus, type Agent } from './act.ts'
export { type Deed, type TicketRefusal } from './change-ticket.ts'
export { closeTask } from './close-task.ts'
export { createDesk, type Desk } from './desk.ts'
export { follow } from './follow.ts'
export { openTicket } from './open-ticket.ts'
export { replayNeedsReview, retryDeadLetter } from './replay.ts'
export {
  pageOf,
  readCursor,
  timelineOf,
  viewContactPoint,
  viewConversation,
  viewCustomer,
  viewInbound,
  viewMessage,
  viewOutbound,
  viewSurvey,
  viewTask,
  viewTicket,
  type Page,
} from './see.ts'
