// Fetches a customer's file with our token, from Slack's own host only.
import type { Fetched } from '../../src/channel.ts'
import { FetchError } from '../../src/errors.ts'
import type { RemoteFile } from '../../src/message.ts'
import type { SlackContext } from './context.ts'
import { byId, readFiles } from './read-files.ts'
import { sendErrorOf } from './send-error.ts'

/** @throws FetchError */
export async function fetchFile(file: RemoteFile, context: SlackContext): Promise<Fetched> {
  const { remote, name, contentType } = file.remote.startsWith(byId) ? await askFor(file, context) : file
  const response = await open(remote, context)
  const declared = (response.headers.get('content-type') ?? '').split(';')[0] ?? ''
  // Whoever may not read a file is shown Slack's sign-in page, with 200.
  if (declared === 'text/html' && contentType !== 'text/html')
    throw await refused(response, 'later', 'Slack asks to sign in: the app needs the scope files:read')
  return { name, contentType, size: Number(response.headers.get('content-length') ?? 0), content: response.body ?? new ReadableStream() }
}

/** A file of Slack Connect: its event brought the id only. */
async function askFor(file: RemoteFile, { client }: SlackContext): Promise<RemoteFile> {
  try {
    const { file: found } = await client.files.info({ file: file.remote.slice(byId.length) })
    const [remote] = readFiles([found]).remotes
    if (remote === undefined || remote.remote.startsWith(byId)) throw new FetchError('never', 'Slack does not say where the file is')
    return remote
  } catch (error) {
    if (error instanceof FetchError) throw error
    const { kind, reason } = sendErrorOf(error)
    throw new FetchError(kind === 'later' ? 'later' : 'never', reason, { cause: error })
  }
}

async function open(remote: string, { options }: SlackContext): Promise<Response> {
  if (!isSlack(remote, options.apiUrl)) throw new FetchError('never', 'the file does not lie with Slack')
  const headers = { authorization: `Bearer ${options.botToken}` }
  // Redirected, our token could end up anywhere.
  const response = await fetch(remote, { headers, redirect: 'manual', signal: AbortSignal.timeout(60_000) }).catch((error: unknown) => {
    throw new FetchError('later', 'Slack did not give the file', { cause: error })
  })
  if (response.ok) return response
  const { status } = response
  throw await refused(
    response,
    status >= 500 || status === 401 || status === 403 || status === 408 || status === 429 ? 'later' : 'never',
    `Slack answered ${status}`,
  )
}

function isSlack(remote: string, apiUrl: string | undefined): boolean {
  if (!URL.canParse(remote)) return false
  const { origin, username, password } = new URL(remote)
  if (username !== '' || password !== '') return false
  return origin === 'https://files.slack.com' || (apiUrl !== undefined && origin === new URL(apiUrl).origin)
}

async function refused(response: Response, kind: 'later' | 'never', reason: string): Promise<FetchError> {
  await response.body?.cancel()
  return new FetchError(kind, reason)
}
