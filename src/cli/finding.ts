// What `mendline doctor` says of one thing.

export interface Finding {
  /** `warn`: it works, but somebody should do something about it. */
  level: 'ok' | 'warn' | 'fail'
  /** The setting that it is about; `settings` for all of them, `clock` for this machine's. */
  about: string
  /** What is so, and what to do about it. No secrets. */
  text: string
}
