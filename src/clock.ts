// Time as a parameter: nothing in the product reads the system clock except through a Clock.

/** An instant as stored in every document: ISO 8601 in UTC with milliseconds, so that strings sort as times do. */
export type Timestamp = string

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

export function timestamp(milliseconds: number): Timestamp {
  return new Date(milliseconds).toISOString()
}
