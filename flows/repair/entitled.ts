// Tells the customer what their device is entitled to, as soon as it is on the ticket and once: the step that puts it there is held while
// the records are asked. A device that is not served is said to be none, and a person takes over instead of a form that promises.
import type { Entitlement } from '../../src/assets/entitlement.ts'
import { sayEntitlement } from '../../src/assets/say-entitlement.ts'
import type { Flow, FlowContext, Step } from '../../src/flow.ts'
import { takesOver } from '../hand-over.ts'
import type { RepairState } from './state.ts'

type SayStep = Extract<Step<RepairState>, { say: unknown }>
/** Held within a turn only. */
type Holding = RepairState & { held?: SayStep }

export function withEntitlement(flow: Flow<RepairState>): Flow<Holding> {
  return {
    ...flow,
    next({ held, ...state }, input, context) {
      if (input.kind === 'answer' && input.answer.kind === 'entitlement')
        return held === undefined ? { pass: true } : told(held, input.answer.entitlement, context)
      const step = flow.next(state, input, context)
      const device = 'say' in step ? deviceIn(step) : undefined
      return 'say' in step && device !== undefined ? { state: { ...state, held: step }, ask: { kind: 'entitlement', ...device } } : step
    },
  }
}

/** The device that the step puts on a ticket. Where a person takes over at once, there is no time for it. */
function deviceIn({ effects }: SayStep): { ticket: string; serial?: string; product?: string } | undefined {
  if (effects.some((effect) => effect.do === 'hand_over')) return undefined
  for (const effect of effects) {
    if (effect.do !== 'open_ticket' && effect.do !== 'fill_ticket') continue
    const { serial, product } = effect.fields
    if (serial === undefined && product === undefined) continue
    return { ticket: effect.number, ...(serial === undefined ? {} : { serial }), ...(product === undefined ? {} : { product }) }
  }
  return undefined
}

function told(held: SayStep, found: { ticket: string; result: Entitlement } | null, context: FlowContext): SayStep {
  if (found === null) return held
  const words = sayEntitlement(found.result, context.language, found.ticket)
  // Before whatever is asked or read back.
  const asks = held.say.findIndex(({ kind, text }) => kind === 'question' || text.startsWith('summary.'))
  const before = asks < 0 ? held.say : held.say.slice(0, asks)
  if (found.result.result !== 'not_served') return { ...held, say: [...before, words, ...held.say.slice(before.length)] }
  return {
    state: 'done',
    say: [...before.filter(({ kind }) => kind === 'acknowledgement'), words, takesOver('not_served', found.ticket, context)],
    effects: [
      ...held.effects.filter((effect) => effect.do !== 'accept_ticket' && effect.do !== 'wake'),
      { do: 'hand_over', reason: 'not_served', ticket: found.ticket },
    ],
  }
}
