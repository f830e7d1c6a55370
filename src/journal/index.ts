// The journal's face to the rest of the product.
export {
  openJournal,
  foldEntry,
  type Change,
  type Changed,
  type Decision,
  type Journal,
  type Stream,
  type Versioned,
  type CarryOut,
  type Follow,
} from './journal.ts'
export { differing, edit, type EditRefusal } from './edit.ts'
export { entriesCollection, type Actor, type Entry, type StreamKind } from './entry.ts'
export type { Alarm, Consequence, TaskKind, TicketChange } from './consequence.ts'
