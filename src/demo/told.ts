// What a made-up story is, what it knows of itself, and how it does what it does.
import type { Deed } from '../desk/index.ts'
import type { Actor, Changed } from '../journal/index.ts'
import type { Draw } from './draws.ts'
import type { MadeAsset, MadeFailure } from './fleet.ts'
import type { World } from './world.ts'

/** What the story itself knows of a repair: the reports must say the same. */
export interface Told {
  number: string
  failure: MadeFailure
  engineer: string | null
  agent: string | null
  /** How often it was resolved so far. */
  resolutions: number
  /** The ticket of the same trouble that came after it, or before it. */
  repeatedBy: string | null
  score: number | null
  cancelled: boolean
  /** Pieces used, of the part of its failure. */
  used: number
  reportedAt: number
  respondedAt: number | null
  resolvedAt: number | null
}

/** And of a look at a device that its plan wants. */
export interface Inspected {
  asset: MadeAsset
  due: number
  /** Of its ticket. */
  number: string
  /** `open`: not done yet. */
  fate: 'open' | 'kept' | 'late' | 'declined'
  /** Opened for what it found. */
  repair: string | null
}

/** Yields when it goes on, milliseconds since the epoch. */
export type Story = AsyncGenerator<number, void>

export interface Teller {
  world: World
  draw: Draw
  /** Everything told so far. */
  told: Told[]
  inspected: Inspected[]
}

/** One deed of a story: the same act never happens twice. */
export function doing(actor: Actor, { number }: Pick<Told, 'number'>, what: string): Deed {
  return { actor, key: `demo/${number}/${what}` }
}

/** A story that the desk refuses is told wrongly. */
export function expectDone<State>(changed: Changed<State, { kind: string }>): State {
  if (changed.kind === 'refused') throw new Error(`the desk refused a made-up act: ${JSON.stringify(changed.refusal)}`)
  return changed.state
}
