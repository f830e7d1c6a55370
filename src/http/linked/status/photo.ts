// Photos on the page of a repair: to whoever holds a link signed for one of them, for a quarter of an hour; as pictures only by their bytes.
import type { HttpReply } from '../../../channel.ts'
import type { Core } from '../../../core.ts'
import { readWhole } from '../../../files/read-whole.ts'
import { sniffLength, typeOf } from '../../../files/sniff.ts'
import { readLink, tokenFor } from '../../../links.ts'
import { unknownLink } from '../page.ts'
import type { Known } from './known.ts'

const lastsMs = 15 * 60_000

/** What browsers show, and what cannot hold a script. */
const shown = /^image\/(?:png|jpeg|gif|webp|avif)$/

export function photoPath(core: Pick<Core, 'clock' | 'sign'>, page: string, number: string, file: string): string {
  return `${page}/photos/${tokenFor(core, 'photo', `${number}.${file}.${core.clock.now() + lastsMs}`)}`
}

export async function servePhoto(core: Core, { number, photos }: Known, token: string): Promise<HttpReply> {
  const [of, file, until] = readLink(core, 'photo', token)?.split('.') ?? []
  const photo = photos.find((each) => each.file === file)
  if (of !== number || photo === undefined || !(Number(until) > core.clock.now())) return unknownLink(core)
  const content = await readWhole(core.files, photo.file)
  if (content === undefined) return unknownLink(core)
  const { contentType } = await typeOf(content.subarray(0, sniffLength), '')
  const inline = shown.test(contentType)
  return {
    status: 200,
    headers: {
      'content-type': inline ? contentType : 'application/octet-stream',
      'content-length': String(content.length),
      'content-disposition': inline ? 'inline' : 'attachment',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, max-age=600',
    },
    body: content,
  }
}
