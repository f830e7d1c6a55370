// Files that an activity names: where they lie, and through whom they are to be had. Pure.
import { z } from 'zod'
import type { RemoteFile } from '../../src/message.ts'
import type { Activity } from './read-activity.ts'

/** What `RemoteFile.remote` holds, as JSON. */
const remote = z.object({
  url: z.string().min(1),
  /** The connector of the conversation, which guards its own files with our token. */
  service: z.string().min(1),
})

export type Remote = z.infer<typeof remote>

export function readRemote(text: string): Remote | undefined {
  try {
    return remote.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

export function remotesOf({ attachments, serviceUrl }: Activity): RemoteFile[] {
  return (attachments ?? []).flatMap((attachment): RemoteFile[] => {
    const url = addressIn(attachment)
    if (url === undefined) return []
    const declared = attachment.contentType ?? ''
    const contentType = /^(?:image|video|audio|text)\/[\w.+*-]+$|^application\/(?!vnd\.microsoft)[\w.+-]+$/.test(declared)
      ? declared
      : 'application/octet-stream'
    return [{ remote: JSON.stringify({ url, service: serviceUrl } satisfies Remote), name: fileName(attachment.name, contentType), contentType }]
  })
}

/**
 * A file sent in Teams lies in the sender's OneDrive, behind an address that holds for minutes and for everybody (`downloadUrl`); a pasted picture lies
 * with the connector. Cards hold no file, and Teams' `text/html` is the message once more.
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4
 */
function addressIn({ contentType, contentUrl, content }: NonNullable<Activity['attachments']>[number]): string | undefined {
  if (contentType === 'application/vnd.microsoft.teams.file.download.info') {
    const url: unknown = typeof content === 'object' && content !== null ? Reflect.get(content, 'downloadUrl') : undefined
    return typeof url === 'string' && url !== '' ? url : undefined
  }
  if (contentType === 'text/html' || contentType?.startsWith('application/vnd.microsoft.')) return undefined
  return contentUrl || undefined
}

function fileName(name: string | null | undefined, contentType: string): string {
  const plain = (name ?? '')
    .toWellFormed()
    .replaceAll(/[/\\\p{Cc}]+/gu, '_')
    .trim()
    .slice(-200)
  return plain || (contentType.startsWith('image/') ? 'photo' : 'file')
}
