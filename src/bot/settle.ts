// Runs one flow until it has decided, answering what it wants looked up on the way.
import type { Flow, FlowContext, Query, QueryAnswer, Step } from '../flow.ts'

/** A flow that asks more than this in one turn is going round in circles. */
const queriesAtMost = 8

export type SayStep = Extract<Step<unknown>, { say: unknown }>
export type Decided = Exclude<Step<unknown>, { ask: unknown }>

export async function settle(
  flow: Flow<unknown>,
  first: Step<unknown>,
  context: FlowContext,
  answer: (query: Query) => Promise<QueryAnswer>,
): Promise<Decided> {
  let step = first
  for (let queries = 0; 'ask' in step; queries++) {
    if (queries === queriesAtMost) throw new Error(`the flow ${flow.name} keeps asking for ${step.ask.kind}`)
    step = flow.next(step.state, { kind: 'answer', answer: await answer(step.ask) }, context)
  }
  return step
}
