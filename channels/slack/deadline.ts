// Slack gives an interaction three seconds and never sends it again. So what is not committed in time is refused, and stays undone.
import type { Context } from '@slack/bolt'

export interface Deadline {
  /** Aborts when the agent is told that it was not done. */
  readonly signal: AbortSignal
  /**
   * To be asked right before the change is committed. False: the agent has read that it was not done, so it must not be done any more.
   * True: from here on nobody says so, and the answer waits for `ack`, to the last moment that Slack allows.
   */
  claim(): boolean
}

/** The deadline of the interaction a listener runs for. Listeners of events have none, and all the time they want. */
export function deadlineOf(context: Context): Deadline {
  const deadline: unknown = context['deadline']
  return deadline instanceof Limit ? deadline : unlimited
}

/** A deadline and its other end. */
export class Limit implements Deadline {
  private readonly controller = new AbortController()
  private claimed = false

  get signal(): AbortSignal {
    return this.controller.signal
  }

  claim(): boolean {
    if (this.signal.aborted) return false
    this.claimed = true
    return true
  }

  /** Answers whether it may be said that it was not done. */
  refuse(): boolean {
    if (this.claimed) return false
    this.controller.abort()
    return true
  }
}

const unlimited: Deadline = { signal: new AbortController().signal, claim: () => true }
