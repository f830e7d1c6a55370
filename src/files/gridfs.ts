// Files in MongoDB by GridFS: content in chunks first, then the document that makes them a file.
import { createHash } from 'node:crypto'
import { GridFSBucket, type GridFSBucketWriteStream } from 'mongodb'
import { z } from 'zod'
import type { Clock } from '../clock.ts'
import { newId, type Random } from '../random.ts'
import { connectMongo } from '../storage/mongodb-connection.ts'
import type { Files } from './files.ts'

const aboutSchema = z.object({ name: z.string(), contentType: z.string(), sha256: z.string() })
/** Small enough that one write stores one chunk and waits for it: nothing piles up, and nothing is under way when we give up. */
const piece = 128 * 1024

/** @throws Unavailable when no server answers. */
export async function openGridFiles({ url, clock, random }: { url: string; clock: Clock; random: Random }): Promise<Files> {
  const { client, database, run } = await connectMongo(url, 'files')
  const bucket = new GridFSBucket(database, { bucketName: 'files' })
  // GridFS has ids of its own; ours are the file names.
  const find = (id: string) => run(() => bucket.find({ filename: id }).limit(1).next())

  return {
    async write(content, about) {
      const id = newId('f', clock, random)
      // The driver stores these last, when the hash is in.
      const metadata = { ...about, sha256: '' }
      const upload = bucket.openUploadStream(id, { metadata })
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
      const file = await find(id)
      if (file === null) return undefined
      return { info: { id, size: file.length, ...aboutSchema.parse(file.metadata) }, content: bucket.openDownloadStream(file._id) }
    },
    async remove(id) {
      const file = await find(id)
      if (file === null) return
      await run(() => database.collection('files.files').deleteOne({ _id: file._id }))
      await run(() => database.collection('files.chunks').deleteMany({ files_id: file._id }))
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
