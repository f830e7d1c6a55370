// Files in MongoDB by GridFS: content in chunks first, then the document that makes them a file.
import { createHash } from 'node:crypto'
import { GridFSBucket, ObjectId, type GridFSBucketWriteStream } from 'mongodb'
import { z } from 'zod'
import type { Clock } from '../clock.ts'
import { newId, type Random } from '../random.ts'
import { connectMongo } from '../storage/mongodb-connection.ts'
import { isFileId, writtenAt } from './file-id.ts'
import type { FileArea } from './files.ts'

const aboutSchema = z.object({ name: z.string(), contentType: z.string(), sha256: z.string() })
/** Small enough that one write stores one chunk and waits for it: nothing piles up, and nothing is under way when we give up. */
const piece = 128 * 1024

/** @throws Unavailable when no server answers. */
export async function openGridFiles({ url, clock, random }: { url: string; clock: Clock; random: Random }): Promise<FileArea> {
  const { client, database, run } = await connectMongo(url, 'files')
  const bucket = new GridFSBucket(database, { bucketName: 'files' })
  const find = (id: string) =>
    run(() =>
      bucket
        .find({ _id: objectIdOf(id) })
        .limit(1)
        .next(),
    )
  const removeChunks = (of: ObjectId) => run(() => database.collection('files.chunks').deleteMany({ files_id: of }))

  return {
    async write(content, about) {
      const id = newId('f', clock, random)
      // The driver stores these last, when the hash is in.
      const metadata = { ...about, sha256: '' }
      const upload = bucket.openUploadStreamWithId(objectIdOf(id), id, { metadata })
      upload.on('error', () => {}) // each write and the end answer for themselves
      const hash = createHash('sha256')
      let size = 0
      try {
        for await (const chunk of content instanceof Uint8Array ? [content] : content) {
          hash.update(chunk)
          size += chunk.length
          for (let at = 0; at < chunk.length; at += piece) await run(() => write(upload, chunk.subarray(at, at + piece)))
        }
        metadata.sha256 = hash.digest('hex')
        await run(() => end(upload))
      } catch (error) {
        // Removes the chunks too. Without a server it cannot; they are no file then, and only take room.
        await bucket.delete(upload.id).catch(() => {})
        throw error
      }
      return { id, ...about, size, sha256: metadata.sha256 }
    },
    async read(id) {
      const file = isFileId(id) ? await find(id) : null
      if (file === null) return undefined
      return { info: { id, size: file.length, ...aboutSchema.parse(file.metadata) }, content: bucket.openDownloadStream(file._id) }
    },
    async remove(id) {
      if (!isFileId(id)) return
      const _id = objectIdOf(id)
      await removeChunks(_id)
      await run(() => database.collection('files.files').deleteOne({ _id }))
    },
    async page(at, before, limit) {
      const until = beginningOf(before)
      const range = { $gt: at === '' ? beginningOf(0) : new ObjectId(at), $lt: until }
      const files = await run(() => bucket.find({ _id: range }).sort({ _id: 1 }).limit(limit).toArray())
      const last = (files.length < limit ? undefined : files.at(-1)?._id) ?? until
      const whole = new Set(files.map(({ _id }) => _id.toHexString()))
      const written: unknown[] = await run(() => database.collection('files.chunks').distinct('files_id', { files_id: { ...range, $lte: last } }))
      for (const id of written) if (id instanceof ObjectId && !whole.has(id.toHexString())) await removeChunks(id)
      return { ids: files.map(({ filename }) => filename), at: last.toHexString() }
    },
    close: () => client.close(),
  }
}

function write(upload: GridFSBucketWriteStream, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    upload.write(bytes, (error) => (error ? reject(error) : resolve()))
  })
}

function end(upload: GridFSBucketWriteStream): Promise<void> {
  return new Promise((resolve, reject) => {
    upload.once('finish', resolve).once('error', reject).end()
  })
}

/** GridFS wants ids of its own kind; ours in theirs, by time and randomness, so that they sort alike to the second. */
function objectIdOf(id: string): ObjectId {
  return new ObjectId(Buffer.concat([seconds(writtenAt(id)), createHash('sha256').update(id).digest().subarray(0, 8)]))
}

/** Less than every id of that second or later. */
function beginningOf(milliseconds: number): ObjectId {
  return new ObjectId(Buffer.concat([seconds(milliseconds), Buffer.alloc(8)]))
}

function seconds(milliseconds: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(Math.floor(milliseconds / 1000))
  return bytes
}
