// The desk as a face gets it: what staff can see and do, bound to this installation. The functions behind it take the core themselves.
import type { Core } from '../core.ts'
import type { Changed } from '../journal/index.ts'
import { reportFault, type FaultReport } from '../faults/index.ts'
import type { QuoteContent } from '../quotes/index.ts'
import { otherCode, type FailureLists, type StatusChange, type Ticket } from '../tickets/index.ts'
import { claimWork, poolCardOf, type ClaimResult, type PoolCard } from '../dispatch/index.ts'
import { addNote, setStatus } from './act.ts'
import { cannedReplies, type ReadyReply } from './canned.ts'
import { cardOf, type TicketCard } from './card.ts'
import { cardsOf, type Cards } from './cards.ts'
import type { Deed, TicketRefusal } from './change-ticket.ts'
import { assign, assignTeam, claim, type Agent } from './claim.ts'
import { closeTask } from './close-task.ts'
import { returnToBot } from './control.ts'
import { exchangeOf, type Said } from './exchange.ts'
import { findTickets, queueOf, type Found } from './find.ts'
import { mergeTickets, type MergeResult } from './merge-tickets.ts'
import { openTicket, type NewTicket } from './open-ticket.ts'
import { previewReply, type PreviewResult } from './preview.ts'
import { ask, reply, type ReplyResult, type Words } from './reply.ts'
import { draftQuote, lookAndSend, previewQuote, quoteSheet, type QuoteResult, type QuoteSheet } from './quote.ts'
import { resolve, type Resolution } from './resolve.ts'
import type { Team } from './settings.ts'
import { tellApart, type ApartResult } from './tell-apart.ts'
import { takeTask, taskCardOf, type TakeResult, type TaskCard } from './take-task.ts'

type TicketResult = Promise<Changed<Ticket, TicketRefusal>>

export interface Desk {
  card(number: string): Promise<TicketCard | undefined>
  find(words: string): Promise<Found>
  queue(agent: string): ReturnType<typeof queueOf>
  /** Accepts a new one; refused when another agent has it, unless by force. */
  claim(number: string, agent: Agent, force: boolean, deed: Deed): TicketResult
  assign(number: string, agent: Agent | null, deed: Deed): TicketResult
  assignTeam(number: string, team: string, deed: Deed): TicketResult
  note(number: string, text: string, deed: Deed): TicketResult
  previewReply(number: string, text: string, agent: Agent): Promise<PreviewResult>
  reply(number: string, words: Words, deed: Deed): Promise<ReplyResult>
  ask(number: string, words: Words, deed: Deed): TicketResult
  status(number: string, change: StatusChange, deed: Deed): TicketResult
  resolve(number: string, resolution: Resolution, deed: Deed): TicketResult
  /** The other one lives on; answers it. */
  merge(number: string, into: string, comment: string | null, deed: Deed): Promise<MergeResult>
  /** The two are not the same case; not proposed again. */
  tellApart(number: string, other: string, deed: Deed): Promise<ApartResult>
  returnToBot(number: string, deed: Deed): ReturnType<typeof returnToBot>
  /** What is needed to write a quote for a ticket. */
  quote(number: string): Promise<QuoteSheet | undefined>
  draftQuote(number: string, content: QuoteContent, deed: Deed): Promise<QuoteResult>
  /** The draft as the customer will read it. */
  previewQuote(number: string): Promise<string[]>
  /** By somebody who has read the preview. */
  sendQuote(number: string, deed: Deed): Promise<QuoteResult>
  closeTask(id: string, agent: Agent): ReturnType<typeof closeTask>
  open(ticket: NewTicket, deed: Deed): ReturnType<typeof openTicket>
  /** A machine says that something is wrong with it, or no longer. */
  reportFault(fault: FaultReport, deed: Deed): Promise<void>
  cannedReplies(number: string): Promise<ReadyReply[]>
  teams(): readonly Team[]
  /** What to choose from when resolving; `other` is the last of each. */
  failureLists(): FailureLists
  /** What was said about a ticket after `shown`, the last position by stream. */
  exchange(number: string, shown: Readonly<Record<string, number>>, limit: number): Promise<Said[]>
  /** A task that belongs to no ticket. */
  task(id: string): Promise<TaskCard | undefined>
  takeTask(id: string, agent: Agent, deed: Deed): Promise<TakeResult>
  /** A visit that is to be had. */
  pool(workOrder: string): Promise<PoolCard | undefined>
  /** By the engineer with this Slack user. */
  claimWork(workOrder: string, slack: string, deed: Deed): Promise<ClaimResult>
  cards: Cards
}

export function createDesk(core: Core): Desk {
  return {
    card: (number) => cardOf(core, number),
    find: (words) => findTickets(core, words),
    queue: (agent) => queueOf(core, agent),
    claim: (number, agent, force, deed) => claim(core, number, agent, { force, accept: true }, deed),
    assign: (number, agent, deed) => assign(core, number, agent, deed),
    assignTeam: (number, team, deed) => assignTeam(core, number, team, deed),
    note: (number, text, deed) => addNote(core, number, text, deed),
    previewReply: (number, text, agent) => previewReply(core, number, text, agent),
    reply: (number, words, deed) => reply(core, number, words, deed),
    ask: (number, words, deed) => ask(core, number, words, deed),
    status: (number, change, deed) => setStatus(core, number, change, deed),
    resolve: (number, resolution, deed) => resolve(core, number, resolution, deed),
    merge: (number, into, comment, deed) => mergeTickets(core, number, into, comment, deed),
    tellApart: (number, other, deed) => tellApart(core, number, other, deed),
    quote: (number) => quoteSheet(core, number),
    draftQuote: (number, content, deed) => draftQuote(core, number, content, deed),
    previewQuote: (number) => previewQuote(core, number),
    sendQuote: (number, deed) => lookAndSend(core, number, deed),
    returnToBot: (number, deed) => returnToBot(core, number, deed),
    closeTask: (id, agent) => closeTask(core, id, agent.id),
    open: (ticket, deed) => openTicket(core, ticket, deed),
    reportFault: (fault, deed) => reportFault(core, fault, deed),
    cannedReplies: (number) => cannedReplies(core, number),
    teams: () => core.company().teams,
    failureLists() {
      const { component, problem, cause, remedy } = core.company().failureLists
      const open = (list: readonly string[]): string[] => [...list, otherCode]
      return { component: open(component), problem: open(problem), cause: open(cause), remedy: open(remedy) }
    },
    exchange: (number, shown, limit) => exchangeOf(core, number, shown, limit),
    task: (id) => taskCardOf(core, id),
    takeTask: (id, agent, deed) => takeTask(core, id, agent, deed),
    pool: (workOrder) => poolCardOf(core, workOrder),
    claimWork: (workOrder, slack, deed) => claimWork(core, workOrder, slack, deed),
    cards: cardsOf(core),
  }
}
