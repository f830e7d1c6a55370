// A question whose button was pressed shows the choice instead of its buttons, so that nobody presses it again.
import { WebAPIPlatformError } from '@slack/web-api'
import { answered } from './compose.ts'
import type { SlackContext } from './context.ts'
import { readQuestion } from './press.ts'
import type { Interaction } from './read-request.ts'

/** Throws as the client does, where it is worth another try. */
export async function showAnswered(body: Interaction, { client }: SlackContext): Promise<void> {
  const question = readQuestion(body)
  if (question === undefined) return
  const { channel, ts, text, label } = question
  try {
    await client.chat.update({ channel, ts, ...answered(text, label) })
  } catch (error) {
    // Deleted meanwhile, or in a channel that is no more: there is nothing left to press.
    if (error instanceof WebAPIPlatformError && gone.has(error.data.error)) return
    throw error
  }
}

const gone = new Set(['message_not_found', 'cant_update_message', 'channel_not_found', 'is_archived', 'not_in_channel', 'edit_window_closed'])
