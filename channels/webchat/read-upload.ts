// Reads an upload: a multipart form with the activity and its files, or one bare file, as Direct Line takes them.
import { pipeline } from 'node:stream/promises'
import type { Readable } from 'node:stream'
import { Busboy } from '@fastify/busboy'
import type { Door, HttpReply, HttpRequest } from '../../src/channel.ts'
import { largestFile, type Keep } from '../../src/files/keep.ts'
import type { Attachment } from '../../src/message.ts'
import { refuse } from './refusal.ts'
import { storeUpload, type StoredUpload } from './store-upload.ts'

export const mostFiles = 10
/** Bytes of the activity of an upload: Web Chat puts a preview of each photo into it. */
const activityLimit = 4 * 1024 * 1024
const activityType = 'application/vnd.microsoft.activity'

export type UploadRead = { kind: 'read'; activity: Uint8Array | undefined; attachments: Attachment[] } | { kind: 'refused'; reply: HttpReply }

interface Form {
  activity: Uint8Array | undefined
  activityTooLarge: boolean
  files: Promise<StoredUpload>[]
  tooMany: boolean
  broken: boolean
}

/**
 * Files are stored as they stream in; when the upload is refused in the end, they are removed again.
 * @throws Unavailable when a file cannot be stored.
 */
export async function readUpload(request: HttpRequest, { files, keep }: Pick<Door, 'files' | 'keep'>): Promise<UploadRead> {
  const announced = Number(request.headers['content-length'] ?? 0)
  if (announced > mostFiles * largestFile + activityLimit + 64 * 1024) return tooLarge(`at most ${mostFiles} files in one message`)
  const form = isForm(request) ? await readForm(request, keep) : oneFile(request, keep)
  const settled = await Promise.allSettled(form.files)
  const stored = settled.flatMap((outcome) => (outcome.status === 'fulfilled' && outcome.value.kind === 'stored' ? [outcome.value.attachment] : []))
  const failure = settled.find((outcome) => outcome.status === 'rejected')
  const refusal = form.broken ? malformed('The form ended before its end.') : whyRefused(form, settled)
  if (refusal === undefined && failure === undefined) return { kind: 'read', activity: form.activity, attachments: stored }
  for (const { file } of stored) await files.remove(file)
  if (refusal !== undefined) return refusal
  throw failure?.reason
}

const isForm = ({ headers }: HttpRequest) => /^multipart\/form-data\b/i.test(headers['content-type'] ?? '')

/** https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-direct-line-3-0-send-activity: one attachment is the body itself. */
function oneFile(request: HttpRequest, keep: Keep): Form {
  const name = /\bfilename="([^"]*)"/i.exec(request.headers['content-disposition'] ?? '')?.[1]
  const file = storeUpload(keep, request.body, name)
  return { activity: undefined, activityTooLarge: false, files: [file], tooMany: false, broken: false }
}

async function readForm(request: HttpRequest, keep: Keep): Promise<Form> {
  const form: Form = { activity: undefined, activityTooLarge: false, files: [], tooMany: false, broken: false }
  const open = new Set<Readable>()
  try {
    const parser = new Busboy({
      headers: { ...request.headers, 'content-type': request.headers['content-type'] ?? '' },
      limits: { fieldSize: activityLimit, fields: 4, headerPairs: 50, headerSize: 16 * 1024 },
    })
    parser.on('field', (field, value, _nameCut, cut) => {
      if (field !== 'activity') return
      form.activityTooLarge ||= cut
      form.activity = Buffer.from(value)
    })
    parser.on('file', (field, stream, name, _encoding, contentType) => {
      open.add(stream)
      stream.once('close', () => open.delete(stream))
      if (contentType === activityType || field === 'activity') collect(stream, form)
      else if (form.files.length < mostFiles) form.files.push(handled(storeUpload(keep, stream, name)))
      else {
        form.tooMany = true
        stream.resume()
      }
    })
    await pipeline(request.body, parser)
  } catch (error) {
    form.broken = true
    for (const stream of open) stream.destroy(error instanceof Error ? error : undefined)
  }
  return form
}

/** Its failure is looked at once the whole form is read, which must not make it an unhandled one before. */
function handled<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => {})
  return promise
}

function collect(stream: Readable, form: Form): void {
  const chunks: Uint8Array[] = []
  let size = 0
  stream.on('data', (chunk: Uint8Array) => {
    size += chunk.length
    if (size <= activityLimit) chunks.push(chunk)
  })
  stream.on('error', () => {})
  stream.once('end', () => {
    form.activityTooLarge ||= size > activityLimit
    form.activity = Buffer.concat(chunks)
  })
}

function whyRefused(form: Form, settled: PromiseSettledResult<StoredUpload>[]): UploadRead | undefined {
  if (form.activityTooLarge) return tooLarge('the activity must be smaller')
  if (form.tooMany) return tooLarge(`at most ${mostFiles} files in one message`)
  for (const outcome of settled) {
    if (outcome.status === 'rejected' || outcome.value.kind !== 'refused') continue
    const { name, why } = outcome.value
    switch (why) {
      case 'size':
        return tooLarge(`"${name}" is larger than ${largestFile / 1024 / 1024} MB`)
      case 'empty':
        return malformed(`"${name}" is empty.`)
      case 'type':
        return {
          kind: 'refused',
          reply: refuse(415, 'UnsupportedMediaType', `"${name}" is not a photo, a video, a PDF or plain text (UTF-8): send one of these.`),
        }
    }
  }
  return undefined
}

const tooLarge = (what: string): UploadRead => ({ kind: 'refused', reply: refuse(413, 'PayloadTooLarge', `Too large: ${what}.`) })
const malformed = (what: string): UploadRead => ({ kind: 'refused', reply: refuse(400, 'MalformedData', what) })
