// What a file is by its first bytes. What a sender, a provider or the file's name says of it counts only where bytes cannot tell.
import { fileTypeFromBuffer } from 'file-type'

/** Bytes worth reading before deciding. */
export const sniffLength = 4_100

/** Photos, films, sounds and documents that their first bytes give away. Nothing is one of these because somebody says so. */
const known =
  /^(?:image\/(?:jpeg|png|gif|webp|heic|heif|avif|tiff|bmp)|video\/(?:mp4|quicktime|3gpp2?|webm|matroska|vnd\.avi|mpeg)|audio\/(?:ogg|opus|mpeg|mp4|x-m4a|aac|amr|wav|vnd\.wave)|application\/pdf)$/

export const noType = 'application/octet-stream'

export interface FileType {
  contentType: string
  /** The usual ending, without a dot, where the bytes gave the type away. */
  ending?: string
}

/**
 * `declared` stands for what is no photo, film, sound or PDF and does not claim to be: a calendar, a mail, an archive, a table. Whoever claims and
 * is not is plain text where it reads as such, else bytes of no type, which nobody shows in place.
 */
export async function typeOf(head: Uint8Array, declared: string): Promise<FileType> {
  const found = await fileTypeFromBuffer(head)
  const contentType = found?.mime.split(';')[0]?.trim() ?? ''
  if (found !== undefined && known.test(contentType)) return { contentType, ending: found.ext }
  const claim = declared.toLowerCase()
  if (/^text\/[\w.+-]+$/.test(claim) && (found === undefined || /^text\/|xml/.test(contentType))) return { contentType: claim }
  if (/^(?:message|application|multipart)\/[\w.+-]+$/.test(claim) && !/^application\/(?:pdf|octet-stream)$/.test(claim)) return { contentType: claim }
  return { contentType: isText(head) ? 'text/plain' : noType }
}

/** UTF-8 without control characters. The last character may be cut in two. */
function isText(head: Uint8Array): boolean {
  if (head.length === 0) return false
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    // oxlint-disable-next-line no-control-regex -- they are what is looked for
    return !/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text)
  } catch {
    return false
  }
}
