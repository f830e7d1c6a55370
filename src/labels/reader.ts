// Reads bar codes and QR codes in photos, offline. Slow, broken or huge, a photo costs a moment and nothing else.
import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import type { LabelCode } from './code.ts'
import { pixelsOf } from './pixels.ts'

export interface LabelReader {
  /** Codes in a photo, an empty list where there are none; undefined when it could not be looked at. Never throws. */
  read(photo: Uint8Array, contentType: string): Promise<LabelCode[] | undefined>
}

export interface LabelReaderOptions {
  /** For one photo, milliseconds. */
  timeoutMs: number
  /** Told of every failure. */
  onProblem(error: Error): void
}

/** The decoder inside the library knows these; the others (HEIC, WebP) stay evidence. */
const readable = /^image\/(?:jpeg|png)$/
/** Phones take up to 50 million; decoded, each is a few bytes. */
const mostPixels = 64_000_000
/** Longer than this nobody waits behind others. */
const mostWaiting = 8
const longestText = 500

const codes = z.array(z.object({ format: z.string(), text: z.string().max(longestText).catch('') }))

/** One photo at a time, so that reading takes one processor at most. */
export function createLabelReader({ timeoutMs, onProblem }: LabelReaderOptions): LabelReader {
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0
  return {
    async read(photo, contentType) {
      if (!readable.test(contentType) || waiting >= mostWaiting) return undefined
      const pixels = pixelsOf(photo)
      if (pixels === undefined || pixels > mostPixels) return undefined
      waiting++
      const reading = last.then(() => inThread(photo, timeoutMs))
      last = reading.catch(() => {})
      try {
        return (await reading).filter(({ text }) => text !== '')
      } catch (error) {
        onProblem(error instanceof Error ? error : new Error('a photo could not be read'))
        return undefined
      } finally {
        waiting--
      }
    },
  }
}

async function inThread(photo: Uint8Array, timeoutMs: number): Promise<LabelCode[]> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: photo, stdout: true, stderr: true })
  try {
    return await new Promise<LabelCode[]>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`a photo was not read within ${timeoutMs} ms`)), timeoutMs)
      worker.once('message', (message: unknown) => {
        clearTimeout(timer)
        resolve(codes.parse(message))
      })
      worker.once('error', (error) => {
        clearTimeout(timer)
        reject(new Error('the reader of labels failed', { cause: error }))
      })
      worker.once('exit', () => {
        clearTimeout(timer)
        reject(new Error('the reader of labels ended'))
      })
    })
  } finally {
    await worker.terminate()
  }
}
