// What a file is, by its first bytes. What Twilio, a carrier or a customer declares counts for nothing.
import { fileTypeFromBuffer } from 'file-type'

/** Bytes worth reading before deciding. */
export const headLength = 4_100

/** Photos, films, sounds and documents; whatever else it is stays a file to be saved, and is never shown in place. */
const known =
  /^(?:image\/(?:jpeg|png|gif|webp|heic|heif|avif|tiff|bmp)|video\/(?:mp4|quicktime|3gpp|3gpp2|webm)|audio\/(?:ogg|opus|mpeg|mp4|x-m4a|aac|amr|wav|vnd\.wave)|application\/pdf)$/

export async function typeOf(head: Uint8Array): Promise<{ contentType: string; extension: string | undefined }> {
  const found = await fileTypeFromBuffer(head)
  const contentType = found?.mime.split(';')[0]?.trim() ?? ''
  return known.test(contentType) ? { contentType, extension: found?.ext } : { contentType: 'application/octet-stream', extension: undefined }
}
