// The contract of a connection: a server or folder that Mendline depends on, as `mendline check` and `mendline doctor` try it.

/** It works, but somebody should do something about it: what is so, and what to do. */
export interface Imperfect {
  works: string
  but: string
}

export interface Connection {
  /** The setting that names it. */
  readonly setting: string
  /**
   * Tries it, and leaves nothing behind. Resolves with what works, in words and without secrets.
   * @throws StartError saying what does not, and what to do.
   */
  try(): Promise<string | Imperfect>
  /** What its own clock shows, milliseconds since the epoch. Absent: it has none that we could ask. */
  time?(): Promise<number>
}
