// From the fields of an inbound text, MMS or WhatsApp message to a message of ours. Fields that Twilio adds later do no harm.
// https://www.twilio.com/docs/messaging/guides/webhook-request
import { z } from 'zod'
import type { NewAttachment, NewMessage, RemoteFile } from '../../src/message.ts'
import { readAddress } from './address.ts'
import type { Fields } from './read-request.ts'

const sid = z.string().regex(/^[A-Z]{2}\w{8,62}$/i)
const address = z.string().trim().min(1).max(200)

const inbound = z.object({
  MessageSid: sid,
  From: address,
  To: address,
  /** Named only where our number belongs to a Messaging Service; an answer goes through the same. */
  MessagingServiceSid: sid.optional().catch(undefined),
  Body: z.string().default(''),
  ProfileName: z.string().optional(),
  MessageType: z.string().optional(),
  OptOutType: z.enum(['STOP', 'START', 'HELP']).optional().catch(undefined),
  ButtonText: z.string().optional(),
  ButtonPayload: z.string().optional(),
  /** WhatsApp: the message that was answered by quoting it. */
  OriginalRepliedMessageSid: sid.optional().catch(undefined),
  ListTitle: z.string().optional(),
  ListId: z.string().optional(),
  Latitude: z.string().optional(),
  Longitude: z.string().optional(),
  Label: z.string().optional(),
  Address: z.string().optional(),
})
type Inbound = z.output<typeof inbound>

/** More than Twilio puts into one message. */
const filesAtMost = 20

/** Undefined where a field that makes it a message is missing. `raw` is kept with it. */
export function readMessage(fields: Fields, raw: NewAttachment): NewMessage | undefined {
  const parsed = inbound.safeParse({ ...fields, MessageSid: fields['MessageSid'] ?? fields['SmsSid'] })
  if (!parsed.success) return undefined
  const message = parsed.data
  const from = readAddress(message.From)
  const remotes = remotesOf(fields)
  const words = clean(message.Body)
  const pressed = clean(message.ButtonPayload ?? message.ListId ?? '')
  const text = textOf(message, words, remotes.length > 0)
  const name = clean(message.ProfileName ?? '').slice(0, 200)
  return {
    channel: from.channel,
    account: readAddress(message.To).address,
    providerId: message.MessageSid,
    keyWithoutAccount: false,
    from: { address: from.address, ...(name === '' ? {} : { name }) },
    thread: '',
    text,
    fullText: words === '' ? text : words,
    // A button without a payload of its own says its label, which is read as words.
    ...(pressed === '' || pressed === text ? {} : { choice: pressed }),
    ...(message.OriginalRepliedMessageSid === undefined ? {} : { repliesTo: [message.OriginalRepliedMessageSid] }),
    author: 'person',
    attachments: [],
    ...(remotes.length === 0 ? {} : { remotes }),
    ...(message.MessagingServiceSid === undefined ? {} : { route: message.MessagingServiceSid }),
    raw,
  }
}

const everybodysKeyword = /^(?:stop|stopall|unsubscribe|cancel|end|quit|revoke|optout|start|yes|unstop|help|info)$/i

/** Whatever Twilio tells of a message that has no words becomes words, so that a person can see that something came. */
function textOf(message: Inbound, words: string, hasFiles: boolean): string {
  // A company may set words of its own for STOP in Twilio's console: then what Twilio took them for counts. YES stays YES, which answers a question, too.
  if (message.OptOutType !== undefined && !everybodysKeyword.test(words)) return message.OptOutType
  const label = clean(message.ButtonText ?? message.ListTitle ?? '')
  if (words === '' && label !== '') return label
  if (message.Latitude !== undefined && message.Longitude !== undefined)
    return [...new Set([words, clean(message.Label ?? ''), clean(message.Address ?? ''), clean(`${message.Latitude}, ${message.Longitude}`)])]
      .filter((part) => part !== '')
      .join('\n')
  if (words !== '' || hasFiles) return words
  const kind = clean(message.MessageType ?? '')
  return kind === '' || kind === 'text' ? '' : `[${kind}]`
}

function remotesOf(fields: Fields): RemoteFile[] {
  const remotes: RemoteFile[] = []
  for (let n = 0; n < filesAtMost; n++) {
    const remote = fields[`MediaUrl${n}`]
    if (remote !== undefined && remote !== '') remotes.push(remoteFile(remote, fields[`MediaContentType${n}`] ?? '', n))
  }
  return remotes
}

/** The `n`th file of a message, from 0. */
export function remoteFile(remote: string, declared: string, n: number): RemoteFile {
  return { remote, name: `file-${n + 1}`, contentType: /^[\w.+-]+\/[\w.+-]+$/.test(declared) ? declared : 'application/octet-stream' }
}

/** What any store can hold: no NUL, no half characters, one kind of line end. */
function clean(text: string): string {
  return text.replaceAll('\0', '').replace(/\r\n?/g, '\n').toWellFormed().trim()
}
