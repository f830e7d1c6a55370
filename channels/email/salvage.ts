// What can be had of a mail that no parser takes: the lines that look like a header, and the beginning of the rest as text. Nothing vanishes.
import { Readable } from 'node:stream'
import { cleanText } from './clean-text.ts'
import { decodeBytes } from './decode-bytes.ts'
import { parseMime } from './parse-mime.ts'
import type { Keep, Mime } from './parse-mime.ts'

/** Bytes of the mail that are looked at, header lines that are believed, characters of one. */
const startLimit = 256 * 1024
const lineLimit = 500
const widthLimit = 8_000

/** Reads the start of `raw` and closes it. Never fails because of what the mail says, only when it cannot be read. */
export async function salvage(raw: Readable): Promise<Mime> {
  const start = Buffer.from(await firstBytes(raw))
  const end = /\r?\n\r?\n/.exec(start.toString('latin1'))
  const head = start.subarray(0, end?.index ?? start.length).toString('latin1')
  const body = end ? start.subarray(end.index + end[0].length) : start
  const lines = head
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .filter((line) => /^[!-9;-~]{1,100}:/.test(line) && !/^(?:content-|mime-version)/i.test(line))
    .slice(0, lineLimit)
    .map((line) => line.slice(0, widthLimit))
  // The parser once more, with nothing in it but such lines: it decodes names and subjects.
  const mime = await parseMime(Readable.from([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')]), noAttachments)
  return { ...mime, text: cleanText(decodeBytes(body)) }
}

async function firstBytes(raw: Readable): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of raw) {
    if (!(chunk instanceof Uint8Array)) continue
    chunks.push(chunk)
    size += chunk.length
    if (size >= startLimit) break
  }
  return Buffer.concat(chunks).subarray(0, startLimit)
}

const noAttachments: Keep = async () => {
  throw new Error('a header alone has no attachments')
}
