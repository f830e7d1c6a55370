// The errors that cross a boundary. Expected outcomes are tagged unions; these are what is left.

/** A store, queue or file area cannot be reached or written (down, full disk). Our fault: the sender is told to try again (5xx, SMTP 451). */
export class Unavailable extends Error {
  override readonly name = 'Unavailable'
  readonly code = 'unavailable'
  readonly part: 'storage' | 'queue' | 'files'

  constructor(part: 'storage' | 'queue' | 'files', cause: unknown) {
    super(`${part} is unavailable: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
    this.part = part
  }
}

/** Why a provider did not take a message, by what is to be done: try later, never again, use a template, or respect an opt-out. */
export type SendErrorKind = 'later' | 'never' | 'window_closed' | 'opted_out'

/** Thrown by `Channel.send`. `reason` goes to the message's record, so it holds no address and no text. */
export class SendError extends Error {
  override readonly name = 'SendError'
  readonly code = 'send_error'
  readonly kind: SendErrorKind
  readonly reason: string
  /** Milliseconds the provider asked us to wait, with kind `later`. */
  readonly retryAfterMs: number | undefined

  constructor(kind: SendErrorKind, reason: string, options: { cause?: unknown; retryAfterMs?: number } = {}) {
    super(`not sent (${kind}): ${reason}`, { cause: options.cause })
    this.kind = kind
    this.reason = reason
    this.retryAfterMs = options.retryAfterMs
  }
}

/** Thrown by `Channel.fetch`: the provider cannot give the file now, or never will. `reason` holds no address and no text. */
export class FetchError extends Error {
  override readonly name = 'FetchError'
  readonly code = 'fetch_error'
  readonly kind: 'later' | 'never'
  readonly reason: string

  constructor(kind: 'later' | 'never', reason: string, options: { cause?: unknown } = {}) {
    super(`not fetched (${kind}): ${reason}`, { cause: options.cause })
    this.kind = kind
    this.reason = reason
  }
}

/** An input that no machine can read as things are: a person looks, and replays it once they have mended what it lacked. `reason` holds no word of its sender. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable'
  readonly code = 'unreadable'
  readonly reason: string

  constructor(reason: string) {
    super(`not understood: ${reason}`)
    this.reason = reason
  }
}

/** Start-up cannot go on; `problems` names every one of them and what to do, a line each. */
export class StartError extends Error {
  override readonly name = 'StartError'
  readonly code = 'start_refused'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}
