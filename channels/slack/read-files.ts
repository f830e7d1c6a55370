// The files that came with a message: to be fetched by a worker, or links where they lie with somebody else. Pure.
import { z } from 'zod'
import type { RemoteFile } from '../../src/message.ts'

const file = z.looseObject({
  id: z.string().min(1),
  name: z.string().nullish(),
  title: z.string().nullish(),
  mimetype: z.string().nullish(),
  mode: z.string().nullish(),
  is_external: z.boolean().nullish(),
  url_private: z.string().nullish(),
  url_private_download: z.string().nullish(),
})

/** A file of Slack Connect comes with its id only; `files.info` knows the rest. https://docs.slack.dev/reference/objects/file-object */
export const byId = 'slack-file:'

/** `links`: files that a person only linked to (Google Drive and the like); they are words of the message. */
export function readFiles(files: readonly unknown[]): { remotes: RemoteFile[]; links: string[] } {
  const remotes: RemoteFile[] = []
  const links: string[] = []
  for (const each of files) {
    const read = file.safeParse(each)
    if (!read.success || read.data.mode === 'tombstone') continue
    const { id, is_external, url_private, url_private_download, mimetype } = read.data
    const name = (read.data.name || read.data.title || 'file').toWellFormed().replace(/[/\\\r\n\0]+/g, '_')
    if (is_external && url_private) links.push(`${name}: ${url_private}`)
    else remotes.push({ remote: url_private_download ?? url_private ?? `${byId}${id}`, name, contentType: mimetype || 'application/octet-stream' })
  }
  return { remotes, links }
}
