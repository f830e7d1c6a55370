// The content of attachments, to whoever holds a link signed for it.
import type { HttpReply, HttpRequest } from '../../src/channel.ts'
import { root, type Webchat } from './context.ts'
import type { Endpoint } from './guard.ts'
import { refuse } from './refusal.ts'

/** What a browser may show in place: pictures of dots, which cannot hold a script. All else is downloaded. */
export function isShownInPlace(contentType: string): boolean {
  return /^image\/(png|jpeg|gif|webp)$/.test(contentType)
}

export function attachmentEndpoint(webchat: Webchat): Endpoint {
  return {
    method: 'GET',
    path: `${root}/conversations/:id/attachments/:seq/:index`,
    handle: (request) => attachment(webchat, request),
  }
}

/** The link is enough, as an `<img>` sends no header; it names one attachment of one message, and is asked for anew from the store. */
async function attachment({ tokens, door }: Webchat, { params, query }: HttpRequest): Promise<HttpReply> {
  const token = query.get('t')
  if (token === null) return refuse(401, 'Unauthorized', 'The link lacks its token.')
  const read = await tokens.readFile(token)
  if (read.kind === 'expired') return refuse(403, 'TokenExpired', 'The link has expired: read the message again for a new one.')
  if (read.kind === 'invalid') return refuse(403, 'BadArgument', 'The link is not one of ours.')
  const { conversation, seq, index } = read.value
  if (params['id'] !== conversation || params['seq'] !== String(seq) || params['index'] !== String(index))
    return refuse(403, 'Forbidden', 'The link was signed for another file.')
  const [message] = await door.history(conversation, seq - 1, 1)
  const named = message?.seq === seq ? message.attachments[index] : undefined
  const file = named === undefined ? undefined : await door.files.read(named.file)
  if (named === undefined || file === undefined) return refuse(404, 'NotFound', 'The file is no longer here.')
  const inline = isShownInPlace(named.contentType)
  return {
    status: 200,
    headers: {
      'content-type': named.contentType,
      'content-length': String(file.info.size),
      'content-disposition': `${inline ? 'inline' : 'attachment'}; filename*=UTF-8''${rfc5987(named.name)}`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      // A shop's page on another origin shows the photo.
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'private, max-age=3600',
    },
    body: file.content,
  }
}

/** https://www.rfc-editor.org/rfc/rfc5987#section-3.2: what `encodeURIComponent` leaves and a header may not hold. */
function rfc5987(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
}
