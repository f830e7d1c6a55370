// Runs one interaction through Bolt's listeners within the time that Slack allows, and says what came of it.
import type { App } from '@slack/bolt'
import type { Patience, SlackContext } from './context.ts'
import { Limit } from './deadline.ts'
import { refusalOf, tellAside, type Asked, type Failure } from './not-done.ts'

/** Slack's three seconds, less the way back. */
const withinThreeSeconds: Patience = { refuseMs: 2_500, answerMs: 2_800 }
/** How long Slack may take to take a note aside before its request is answered, milliseconds. */
const asideMs = 300

/** What to answer: `failed` where nothing could be said, so that Slack itself shows that something went wrong. */
export type Answer = { kind: 'acknowledged'; response: unknown } | { kind: 'failed' }

export async function interact(app: App, context: SlackContext, asked: Asked): Promise<Answer> {
  const outcome = await run(app, context, asked)
  if (typeof outcome !== 'string') return outcome
  const response = refusalOf(asked, outcome)
  if (response !== undefined || asked.kind === 'command') return { kind: 'acknowledged', response }
  const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(true), asideMs))
  const told = await Promise.race([tellAside(context, asked, outcome), late])
  return told ? { kind: 'acknowledged', response: undefined } : { kind: 'failed' }
}

function run(app: App, { options }: SlackContext, { body }: Asked): Promise<Answer | Failure> {
  return new Promise((resolve) => {
    const deadline = new Limit()
    const { refuseMs, answerMs } = options.patience ?? withinThreeSeconds
    const timers = [
      setTimeout(() => {
        if (deadline.refuse()) settle('not_done')
      }, refuseMs),
      setTimeout(() => settle('unclear'), answerMs),
    ]
    const settle = (outcome: Answer | Failure): void => {
      for (const timer of timers) clearTimeout(timer)
      resolve(outcome)
    }
    const acknowledge = async (response?: unknown): Promise<void> => settle({ kind: 'acknowledged', response })
    app
      .processEvent({ body, ack: acknowledge, customProperties: { deadline } })
      // No listener minded it, e.g. a button that only opens a page: Slack wants an answer all the same.
      .then(() => acknowledge())
      .catch((error: unknown) => {
        options.onProblem(new Error('an interaction in Slack failed', { cause: error }))
        settle(deadline.refuse() ? 'not_done' : 'unclear')
      })
  })
}
