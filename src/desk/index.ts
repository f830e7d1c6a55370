// The desk: what staff can do and see. REST and Slack are its faces.
export { addNote, describe, setStatus } from './act.ts'
export { cannedReplies } from './canned.ts'
export type { TicketCard } from './card.ts'
export { cardsCollection, type Card } from './cards.ts'
export { type Deed, type TicketRefusal } from './change-ticket.ts'
export { assign, assignTeam, claim, type Agent } from './claim.ts'
export { closeTask } from './close-task.ts'
export { giveBack, handOver, returnToBot, takeOver } from './control.ts'
export { createDesk, type Desk } from './desk.ts'
export { failureFields, otherCode, readParts, type FailureField } from '../tickets/index.ts'
export { follow } from './follow.ts'
export {
  decideOnBehalf,
  draftQuote,
  explainQuoteProblem,
  reviewQuote,
  sendQuote,
  withdrawQuote,
  type QuoteProblem,
  type QuoteResult,
  type QuoteSheet,
} from './quote.ts'
export { readQuoteLines, writeQuoteLines } from '../quotes/index.ts'
export { happeningKinds } from './history.ts'
export { mergeByWord, mergeTickets, type MergeResult } from './merge-tickets.ts'
export { openTicket } from './open-ticket.ts'
export { explainRefusal, type Refusal } from './refusal.ts'
export { ask, reply, replyIn } from './reply.ts'
export { resolve } from './resolve.ts'
export type { TaskCard } from './take-task.ts'
export { replayNeedsReview, retryDeadLetter } from './replay.ts'
export { teamOf } from './teams.ts'
export { tellApart } from './tell-apart.ts'
export { timelineOf } from './timeline.ts'
export {
  pageOf,
  readCursor,
  viewContactPoint,
  viewConversation,
  viewCustomer,
  viewInbound,
  viewMessage,
  viewOutbound,
  viewQuote,
  viewSurvey,
  viewTask,
  viewTicket,
  viewEntry,
  writeCursor,
  type Page,
  type PageRequest,
} from './see.ts'
export type { PoolCard } from '../dispatch/index.ts'
