// What every channel must make of its provider's words: the shapes of src/message.ts, strictly, and text that any store can hold.
import { z } from 'zod'
import type { ChannelEvent, ChannelName, NewAttachment, NewMessage, NewReceipt, RemoteFile } from '../../src/message.ts'

const text = z.string().refine((words) => words.isWellFormed() && !words.includes('\0'), 'holds a NUL or half a character')
const id = text.min(1)
const contentType = z.string().regex(/^[^\s/]+\/[^\s/]+/)
/** As a file may be called wherever it is shown or saved. */
const fileName = id.refine((name) => !/[/\\\r\n]/.test(name), 'has a path or a line break in it')

const attachment: z.ZodType<NewAttachment> = z.union([
  z.strictObject({ name: fileName, contentType, content: z.instanceof(Uint8Array) }),
  z.strictObject({ name: fileName, contentType, file: id, size: z.int().nonnegative() }),
])
const remote: z.ZodType<RemoteFile> = z.strictObject({ remote: id, name: fileName, contentType })

/** The schema of what the channel of this name may hand over. */
export function eventOf(name: ChannelName): z.ZodType<ChannelEvent> {
  const channel = z.literal(name)
  const message: z.ZodType<NewMessage> = z.strictObject({
    channel,
    account: id,
    providerId: id,
    keyWithoutAccount: z.boolean(),
    from: z.strictObject({ address: id, name: id.optional() }),
    thread: text,
    hints: z
      .strictObject({ tokens: z.array(id), references: z.array(id), numbers: z.array(z.string().regex(/^R-[0-9A-Z]{7}$/)), own: id.nullable() })
      .optional(),
    subject: text.optional(),
    text,
    fullText: text,
    choice: text.optional(),
    repliesTo: z.array(id).optional(),
    locale: z
      .string()
      .refine((tag) => Intl.getCanonicalLocales(tag).length === 1)
      .optional(),
    author: z.enum(['person', 'person_no_reply', 'machine']),
    attachments: z.array(attachment),
    remotes: z.array(remote).optional(),
    route: id.optional(),
    raw: attachment,
  })
  const receipt: z.ZodType<NewReceipt> = z
    .strictObject({
      channel,
      messageId: id.optional(),
      providerId: id.optional(),
      state: z.enum(['sent', 'delivered', 'read', 'failed']),
      reason: text.optional(),
      addressIsBad: z.boolean().optional(),
    })
    .refine(({ messageId, providerId }) => messageId !== undefined || providerId !== undefined, 'names no message')
  return z.union([
    z.strictObject({ kind: z.literal('message'), message }),
    z.strictObject({ kind: z.literal('receipt'), receipt, raw: attachment }),
    z.strictObject({ kind: z.literal('event'), channel, id, raw: attachment }),
  ])
}
