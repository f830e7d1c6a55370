// Runs the stack of flows through one turn: which flow hears the messages, what returns to the open question, what must wait.
import { timestamp } from '../clock.ts'
import type { Effect, Flow, FlowContext, FlowInput, FlowMessage, Flows, Query, QueryAnswer, Route, Step, Utterance } from '../flow.ts'
import type { Choice } from '../message.ts'
import { flowAbout, speakOf } from './memory.ts'
import { settle, type Decided, type SayStep } from './settle.ts'
import type { BotMemory, OpenFlow, OutsideQuestion } from './turn.ts'

/** Silence of an open flow after which a question from outside may come first. */
export const silenceMs = 30 * 60_000
const misunderstandingsUntilPerson = 3

export interface Situation {
  flows: Flows
  memory: BotMemory
  context: Omit<FlowContext, 'args' | 'ticket' | 'spoken'>
  answer(query: Query): Promise<QueryAnswer>
}

/** One turn in the making; make a new one for each. */
export class Dialogue {
  readonly say: Utterance[] = []
  readonly effects: Effect[] = []
  readonly #situation: Situation
  #memory: BotMemory
  #heard = false
  #handedOver = false

  constructor(situation: Situation) {
    this.#situation = situation
    this.#memory = structuredClone(situation.memory)
  }

  /** The customer wrote. */
  async hear(messages: readonly FlowMessage[]): Promise<void> {
    this.#heard = true
    this.#memory.lastInboundAt = timestamp(this.#now)
    const understood = await this.#deliver(messages)
    this.#memory.misunderstandings = understood ? 0 : this.#memory.misunderstandings + 1
    if (this.#memory.misunderstandings >= misunderstandingsUntilPerson) {
      this.say.length = 0
      this.#memory.misunderstandings = 0
      await this.#enter(this.#situation.flows.router.notUnderstood, messages)
    }
    if (this.#memory.flows.length === 0) await this.#askWaiting()
    else this.#wakeForWaiting()
  }

  /** A question from outside: asked at once unless a flow is open and lively. One that asks the same about the same ticket is asked in its place. */
  async ask(question: OutsideQuestion): Promise<void> {
    const free = this.#memory.flows.every(({ name, args }) => name === question.flow && args['ticket'] === question.args['ticket'])
    if (free || this.#silent()) return this.#begin(question)
    const known = this.#memory.waiting.some((waiting) => JSON.stringify(waiting) === JSON.stringify(question))
    if (!known) this.#memory.waiting.push(question)
    this.#wakeForWaiting()
  }

  /** Time has come for the questions that wait. */
  async askWaiting(): Promise<void> {
    if (this.#memory.flows.length === 0 || this.#silent()) await this.#askWaiting()
    else this.#wakeForWaiting()
  }

  /** The customer left half-way. An alarm that a later message has outrun is none. */
  async abandon(): Promise<void> {
    const silentSince = Date.parse(this.#memory.lastInboundAt ?? timestamp(0))
    if (this.#now < silentSince + this.#situation.context.settings.incompleteAfterMs) return
    for (const open of this.#memory.flows) {
      const step = await this.#run(open, { kind: 'abandoned' })
      if (!('pass' in step)) this.#apply(open, step)
    }
  }

  /** What is open about the ticket goes on in another conversation; whatever lies beneath waits to be spoken to. */
  leave(ticket: string, say: readonly Utterance[]): void {
    const open = flowAbout(this.#memory, ticket)
    if (open === undefined) return
    if (open === this.#memory.flows.at(-1)) this.#memory.asked = []
    this.#drop(open)
    this.#speak(say)
  }

  /** News is said as it is and changes no flow. */
  tell(say: readonly Utterance[]): void {
    this.#speak(say)
  }

  get memory(): BotMemory {
    return this.#memory
  }

  /** Which choices are open after this turn, given those it offers: a new question takes the old one's place, and silence leaves it open. */
  asked(offered: readonly Choice[]): Choice[] {
    return this.say.some(({ kind }) => kind === 'question') || (this.#heard && this.say.length > 0) || this.#handedOver ? [...offered] : this.#memory.asked
  }

  get #now(): number {
    return this.#situation.context.now
  }

  /** Gives the messages to whom they are meant for. Answers whether they made sense there. */
  async #deliver(messages: readonly FlowMessage[]): Promise<boolean> {
    const { router } = this.#situation.flows
    const open = this.#memory.flows.at(-1)
    const beside = open === undefined ? undefined : router.beside(messages, open.name)
    if (beside !== undefined) return this.#enter(beside, messages)
    for (let top = open; top !== undefined; top = this.#memory.flows.at(-1)) {
      const step = await this.#run(top, { kind: 'messages', messages })
      if ('pass' in step) {
        this.#drop(top)
        continue
      }
      await this.#applyAndResume(top, step)
      return step.understood ?? true
    }
    return this.#enter(router.enter(messages, this.#contextFor({})), messages)
  }

  /** Opens a flow because of messages, on top of what is open. */
  async #enter(route: Route, messages: readonly FlowMessage[]): Promise<boolean> {
    const open = await this.#start(route)
    if (open === undefined) return true
    const step = await this.#run(open, { kind: 'messages', messages })
    if ('pass' in step) {
      if (route.otherwise === undefined) throw new Error(`the flow ${route.flow} passed on messages that opened it`)
      this.#drop(open)
      return this.#enter(route.otherwise, messages)
    }
    await this.#applyAndResume(open, step)
    return step.understood ?? true
  }

  async #start(route: Route): Promise<OpenFlow | undefined> {
    const flow = this.#flow(route.flow)
    if (flow === undefined) throw new Error(`there is no flow ${route.flow}`)
    const open: OpenFlow = { name: flow.name, version: flow.version, state: null, args: route.args }
    this.#memory.flows.push(open)
    const step = await this.#settle(flow, flow.start(this.#contextFor(route.args)), route.args)
    if ('pass' in step) {
      this.#drop(open)
      return undefined
    }
    this.#apply(open, step)
    return this.#memory.flows.includes(open) ? open : undefined
  }

  async #begin(question: OutsideQuestion): Promise<void> {
    // A second survey takes the place of a first one that nobody answered.
    if (this.#flow(question.flow)?.many !== true) this.#memory.flows = this.#memory.flows.filter((open) => open.name !== question.flow)
    await this.#start(question)
  }

  async #askWaiting(): Promise<void> {
    if (this.#handedOver) return
    const question = this.#memory.waiting.shift()
    if (question !== undefined) await this.#begin(question)
    this.#wakeForWaiting()
  }

  #wakeForWaiting(): void {
    if (this.#memory.waiting.length === 0) return
    this.effects.push({ do: 'wake', kind: 'questions', at: timestamp(Math.max(this.#lastWord(), this.#now - silenceMs + 1) + silenceMs) })
  }

  async #run(open: OpenFlow, input: FlowInput): Promise<Decided> {
    const flow = this.#flow(open.name)
    // A flow that is no longer in the list after a deploy has nothing to say any more.
    if (flow === undefined) return { pass: true }
    return this.#settle(flow, flow.next(flow.parseState(open.state), input, this.#contextFor(open.args)), open.args)
  }

  #settle(flow: Flow<unknown>, first: Step<unknown>, args: OpenFlow['args']): Promise<Decided> {
    return settle(flow, first, this.#contextFor(args), this.#situation.answer)
  }

  #apply(open: OpenFlow, step: SayStep): void {
    open.state = step.state
    open.version = this.#flow(open.name)?.version ?? open.version
    if (step.state === 'done') this.#drop(open)
    this.#speak(step.say)
    this.effects.push(...step.effects)
    for (const effect of step.effects) {
      if (effect.do === 'open_ticket') this.#speakOf(effect.number)
      if (effect.do === 'hand_over') this.#fallSilent()
    }
  }

  /**
   * After a flow on top is done, the one beneath asks its open question again; where nothing was said, nothing is asked. When the customer
   * goes on elsewhere, all that is open hears of it.
   */
  async #applyAndResume(open: OpenFlow, step: SayStep): Promise<void> {
    this.#apply(open, step)
    const { goesOn } = step
    if (step.state !== 'done' || step.say.length === 0) return
    const beneath = goesOn === undefined ? this.#memory.flows.slice(-1) : this.#memory.flows.toReversed()
    for (const each of beneath) {
      const resumed = await this.#run(each, { kind: 'resumed', ...(goesOn === undefined ? {} : { goesOn }) })
      if ('pass' in resumed) this.#drop(each)
      else this.#apply(each, resumed)
    }
  }

  #speak(say: readonly Utterance[]): void {
    this.say.push(...say)
    if (say.some(({ kind }) => kind === 'question')) this.#memory.askedAt = timestamp(this.#now)
    for (const { ticket } of say) if (ticket !== undefined) this.#speakOf(ticket)
  }

  #speakOf(ticket: string): void {
    this.#memory = speakOf(this.#memory, { ticket, at: timestamp(this.#now), answering: this.#heard })
  }

  /** A person speaks now: the tickets keep what was gathered. */
  #fallSilent(): void {
    this.#handedOver = true
    this.#memory.flows = []
  }

  #drop(open: OpenFlow): void {
    this.#memory.flows = this.#memory.flows.filter((other) => other !== open)
  }

  #silent(): boolean {
    return this.#now - this.#lastWord() >= silenceMs
  }

  #lastWord(): number {
    return Math.max(...[this.#memory.lastInboundAt, this.#memory.askedAt].map((at) => (at === null ? 0 : Date.parse(at))))
  }

  #flow(name: string): Flow<unknown> | undefined {
    return this.#situation.flows.all.find((flow) => flow.name === name)
  }

  #contextFor(args: OpenFlow['args']): FlowContext {
    return { ...this.#situation.context, args, ticket: this.#memory.ticket, spoken: this.#memory.spoken }
  }
}
