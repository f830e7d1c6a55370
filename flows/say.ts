// Short ways to write utterances.
import type { FlowContext, Utterance } from '../src/flow.ts'
import { sayDate } from '../src/hours/say-when.ts'
import type { Choice } from '../src/message.ts'

type Params = NonNullable<Utterance['with']>

export function statement(text: string, params?: Params, ticket?: string | null): Utterance {
  return utterance('statement', text, params, ticket)
}

export function acknowledgement(text: string, params?: Params, ticket?: string | null): Utterance {
  return utterance('acknowledgement', text, params, ticket)
}

export function question(text: string, params?: Params, ticket?: string | null, choices?: readonly Choice[]): Utterance {
  return { ...utterance('question', text, params, ticket), ...(choices === undefined ? {} : { choices }) }
}

function utterance(kind: Utterance['kind'], text: string, params: Params | undefined, ticket: string | null | undefined): Utterance {
  return { kind, text, ...(params === undefined ? {} : { with: params }), ...(typeof ticket === 'string' ? { ticket } : {}) }
}

/** "3 March", as people at the company's place count days. */
export function dayOf(at: string, { language, settings }: Pick<FlowContext, 'language' | 'settings'>): string {
  return sayDate(Date.parse(at), language, settings.timeZone)
}

/** What somebody can do who said nothing that could be understood; each choice names a flow. */
export const menu: readonly Choice[] = [
  { value: 'report-repair', label: '@menu.report' },
  { value: 'check-status', label: '@menu.status' },
  { value: 'talk-to-person', label: '@menu.person' },
]
