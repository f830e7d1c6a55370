// Photos of the damage or the label: they come as attachments, never as words.
import type { Field } from './field.ts'

export const photos: Field = {
  name: 'photos',
  known: (fields) => (fields.photos?.length ?? 0) > 0,
  find: ({ files }) => (files.length === 0 ? {} : { photos: files }),
  read: () => undefined,
  show: (fields) => (fields.photos === undefined || fields.photos.length === 0 ? undefined : String(fields.photos.length)),
  called: /photo|picture|\bpics?\b|image|照片|图片|圖片/,
}
