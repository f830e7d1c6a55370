// Takes in one interaction: a customer's press of a choice is their message; everything else is the desk's.
import type { App } from '@slack/bolt'
import type { Door } from '../../src/channel.ts'
import type { NewAttachment } from '../../src/message.ts'
import type { SlackContext } from './context.ts'
import { interact, type Answer } from './interact.ts'
import type { Asked } from './not-done.ts'
import { readPress } from './press.ts'

/** Never rejects for what Slack could not be told otherwise: it does not send an interaction again. */
export async function takeInteraction(app: App, door: Door, context: SlackContext, asked: Asked, raw: NewAttachment): Promise<Answer> {
  const press = asked.kind === 'interaction' ? readPress(asked.body, raw) : undefined
  if (press === undefined) return interact(app, context, asked)
  if (press.kind === 'stranger') return { kind: 'acknowledged', response: undefined }
  try {
    await door.accept({ kind: 'message', message: press.message })
    // The question is shown as answered by a worker.
    await door.accept({ kind: 'event', channel: 'slack', id: `pressed/${press.message.providerId}`, raw: press.message.raw })
    return { kind: 'acknowledged', response: undefined }
  } catch (error) {
    context.options.onProblem(new Error('a choice pressed in Slack could not be stored', { cause: error }))
    return { kind: 'failed' }
  }
}
