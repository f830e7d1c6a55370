// The contract of a connection: a server or folder that Mendline depends on, as `mendline check` tries it before the start does.

export interface Connection {
  /** The setting that names it. */
  readonly setting: string
  /**
   * Tries it, and leaves nothing behind. Resolves with what works, in words and without secrets.
   * @throws StartError saying what does not, and what to do.
   */
  try(): Promise<string>
}
