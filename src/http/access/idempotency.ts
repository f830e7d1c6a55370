// The Idempotency-Key: a request that is sent again within a week acts once and is answered the same, also when two arrive at once or a process died.
import type { HttpReply, HttpRequest } from '../../channel.ts'
import type { Core } from '../../core.ts'
import { timestamp } from '../../clock.ts'
import { digest } from '../../message.ts'
import { newId } from '../../random.ts'
import { problem } from '../problem.ts'

const keptMs = 7 * 86_400_000
const longestKey = 255
/** Some handlers take files; the rest refuse a large body themselves. */
const bodyLimit = 6_000_000

/** Handles the request under a cause: that of an earlier one with the same key, else a new one. */
export async function once(
  core: Pick<Core, 'collections' | 'clock' | 'random'>,
  caller: string,
  request: HttpRequest,
  handle: (request: HttpRequest, cause: string) => Promise<HttpReply>,
): Promise<HttpReply> {
  const given = request.headers['idempotency-key'] ?? ''
  const fresh = newId('api', core.clock, core.random)
  if (request.method === 'GET' || given === '') return handle(request, fresh)
  if (given.length > longestKey) return problem(400, 'Bad request', `An Idempotency-Key has at most ${longestKey} characters.`)
  const bytes = await request.bytes(bodyLimit)
  if (bytes === undefined) return problem(413, 'Content too large', `A body has at most ${bodyLimit} bytes.`)

  const { idempotentRequests: requests } = core.collections
  const now = core.clock.now()
  const id = digest('request', caller, given)
  const mine = {
    _id: id,
    fingerprint: digest(request.method, request.path, request.query.toString(), Buffer.from(bytes).toString('base64')),
    cause: fresh,
    reply: null,
    createdAt: timestamp(now),
    expiresAt: timestamp(now + keptMs),
  }
  // One that is past its week is gone as soon as somebody asks for it.
  await requests.removeAll({ _id: id, expiresAt: { $lte: timestamp(now) } })
  const isFirst = (await requests.insert(mine)) === 'inserted'
  const known = isFirst ? mine : ((await requests.get(id)) ?? mine)
  if (known.fingerprint !== mine.fingerprint)
    return problem(422, 'Unprocessable content', 'This Idempotency-Key came with another request before; use a new key for a new request.')
  if (known.reply !== null) return repeated(known.reply)

  const replayed: HttpRequest = { ...request, bytes: async (limit) => (bytes.length > limit ? undefined : bytes) }
  const reply = await handle(replayed, known.cause)
  if (reply.status >= 200 && reply.status < 300) {
    if (typeof reply.body === 'string' || reply.body === undefined)
      if (!isSecret(reply)) await requests.update(id, { $set: { reply: { status: reply.status, headers: { ...reply.headers }, body: reply.body ?? '' } } })
    return reply
  }
  // Somebody else may have been served under the same key in the meantime: then that is the answer.
  const served = (await requests.get(id))?.reply ?? null
  if (served !== null) return repeated(served)
  // A refused request did nothing: once mended it may come again under its key. Our own failures keep it, since something may have been done.
  if (isFirst && reply.status < 500) await requests.remove(id)
  return reply
}

/** What must be told once is not kept here: those who answer it make it anew from the cause. */
function isSecret(reply: HttpReply): boolean {
  return reply.headers?.['cache-control'] === 'no-store'
}

function repeated({ status, headers, body }: { status: number; headers: Record<string, string>; body: string }): HttpReply {
  return { status, headers: { ...headers, 'idempotency-replayed': 'true' }, body }
}
