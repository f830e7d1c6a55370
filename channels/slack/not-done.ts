// How an agent reads that something was not done: at the form they sent, or as a note that only they see.
import type { SlackContext } from './context.ts'
import type { SlackRequest } from './read-request.ts'

export type Asked = Extract<SlackRequest, { kind: 'interaction' | 'command' }>

const texts = {
  not_done: 'This was not done: the desk took too long or could not store it. Please try again.',
  unclear: 'It is not certain whether this was done. Look before you try again.',
} as const

/** `not_done`: and will not be. `unclear`: it was being committed when time ran out, or something broke. */
export type Failure = keyof typeof texts

/** What to answer to a request that failed so that the agent reads it there; undefined where Slack shows no answer. */
export function refusalOf({ kind, body }: Asked, failure: Failure): object | undefined {
  const text = texts[failure]
  if (kind === 'command') return { response_type: 'ephemeral', text }
  if (body.type !== 'view_submission') return undefined
  const input = body.view?.blocks?.find(({ type, block_id }) => type === 'input' && block_id !== undefined)?.block_id
  if (input !== undefined) return { response_action: 'errors', errors: { [input]: text } }
  // A form without inputs has no place for an error: a page that says so covers it.
  const title = { type: 'plain_text', text: 'Not done' }
  return { response_action: 'push', view: { type: 'modal', title, blocks: [{ type: 'section', text: { type: 'plain_text', text } }] } }
}

/** A note beside the message, or from the bot where there is no message. Resolves to whether Slack took it; never rejects. */
export async function tellAside({ client, options }: SlackContext, { body }: Extract<Asked, { kind: 'interaction' }>, failure: Failure): Promise<boolean> {
  const text = texts[failure]
  try {
    if (body.response_url === undefined) return (await client.chat.postMessage({ channel: body.user.id, text })).ok
    const response = await fetch(body.response_url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ response_type: 'ephemeral', replace_original: false, text }),
      signal: AbortSignal.timeout(2_000),
    })
    return response.ok
  } catch (error) {
    options.onProblem(new Error('an agent could not be told that something was not done', { cause: error }))
    return false
  }
}
