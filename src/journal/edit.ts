// Editing what has a history, by whoever may: only what is there, and only if it has not changed since it was seen.
import type { Event } from '../events.ts'
import type { Actor } from './entry.ts'
import type { Consequence } from './consequence.ts'
import type { Changed, Decision, Journal, Stream, Versioned } from './journal.ts'

export type EditRefusal = { kind: 'unknown' } | { kind: 'stale'; version: number }

export interface Edit<State, Refusal> {
  actor: Actor
  /** Unique for ever: the same request edits once. */
  key: string
  /** What the caller last saw; what has changed since is refused. */
  version?: number | undefined
  /** It need not be there yet. */
  orBegin?: boolean
  /** Undefined when all is as wished. Changes nothing. */
  act(state: State): { events: Event[]; effects?: Consequence[] } | { refusal: Refusal } | undefined
}

export function edit<State extends Versioned, Refusal = never>(
  journal: Journal,
  stream: Stream<State>,
  id: string,
  { actor, key, version, orBegin = false, act }: Edit<State, Refusal>,
): Promise<Changed<State, Refusal | EditRefusal>> {
  return journal.change<State, Refusal | EditRefusal>(stream, id, {
    key,
    decide(state): Decision<Refusal | EditRefusal> {
      if (state.n === 0 && !orBegin) return { kind: 'refused', refusal: { kind: 'unknown' } }
      if (version !== undefined && version !== state.n) return { kind: 'refused', refusal: { kind: 'stale', version: state.n } }
      const made = act(state)
      if (made === undefined) return { kind: 'nothing' }
      if ('refusal' in made) return { kind: 'refused', refusal: made.refusal }
      return { kind: 'entry', actor, events: made.events, effects: made.effects ?? [] }
    },
  })
}

/** The fields of `wished` that are otherwise in `known`; undefined when there are none. */
export function differing<T extends object>(known: object, wished: T): Partial<T> | undefined {
  const before = new Map(Object.entries(known))
  const news = Object.entries(wished).filter(([field, value]) => value !== undefined && JSON.stringify(before.get(field)) !== JSON.stringify(value))
  if (news.length === 0) return undefined
  const changed: Partial<T> = {}
  Object.assign(changed, Object.fromEntries(news))
  return changed
}
