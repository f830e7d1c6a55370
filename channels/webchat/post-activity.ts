// Taking what a visitor posts: read, stored by `accept`, and only then answered with its id.
import type { HttpReply, HttpRequest } from '../../src/channel.ts'
import type { NewAttachment } from '../../src/message.ts'
import { newId } from '../../src/random.ts'
import { activityId } from './activity-id.ts'
import { answeredBy } from './choices.ts'
import { root, type Webchat } from './context.ts'
import { forVisitor, type Endpoint } from './guard.ts'
import { activityLimit, readActivity, type Activity } from './read-activity.ts'
import { readUpload } from './read-upload.ts'
import { answer, refuse, tooMany } from './refusal.ts'
import { toMessage } from './to-message.ts'
import type { Visitor } from './tokens.ts'

export function postEndpoints(webchat: Webchat): Endpoint[] {
  return [
    {
      method: 'POST',
      path: `${root}/conversations/:id/activities`,
      handle: forVisitor(webchat, (request, visitor) => postActivity(webchat, request, visitor)),
    },
    {
      method: 'POST',
      path: `${root}/conversations/:id/upload`,
      handle: forVisitor(webchat, (request, visitor) => postUpload(webchat, request, visitor)),
    },
  ]
}

async function postActivity(webchat: Webchat, request: HttpRequest, visitor: Visitor): Promise<HttpReply> {
  const wait = webchat.limits.activities.take(visitor.conversation)
  if (wait > 0) return tooMany(wait)
  const raw = await request.bytes(activityLimit)
  if (raw === undefined) return refuse(413, 'PayloadTooLarge', 'The activity is too large: send files to /upload.')
  const read = readActivity(raw)
  if (read.kind === 'refused') return refuse(400, 'MalformedData', read.reason)
  if (read.kind === 'passing') return passed(webchat, visitor)
  // A link would have us fetch from wherever a visitor says.
  if ((read.activity.attachments ?? []).length > 0) return refuse(400, 'BadArgument', 'Files do not come inside an activity: post them to /upload.')
  return (await take(webchat, visitor, read.activity, raw, [])).reply
}

async function postUpload(webchat: Webchat, request: HttpRequest, visitor: Visitor): Promise<HttpReply> {
  // By address: conversations cost nothing to open, and files cost disk.
  const wait = webchat.limits.uploads.take(request.ip) || webchat.limits.activities.take(visitor.conversation)
  if (wait > 0) return tooMany(wait)
  const upload = await readUpload(request, webchat.door)
  if (upload.kind === 'refused') return upload.reply
  const { attachments } = upload
  const removeFiles = async () => {
    for (const { file } of attachments) await webchat.door.files.remove(file)
  }
  const raw = upload.activity ?? Buffer.from(JSON.stringify({ type: 'message' }))
  const read = readActivity(raw)
  if (read.kind !== 'message') {
    await removeFiles()
    return refuse(400, 'MalformedData', read.kind === 'refused' ? read.reason : 'Only a message can carry files.')
  }
  // When `accept` throws nobody knows whether the message was stored: its files stay, an orphan being better than a lost photo.
  const taken = await take(webchat, visitor, read.activity, raw, attachments)
  if (!taken.keepsFiles) await removeFiles()
  return taken.reply
}

/** `keepsFiles` is false where the message was refused, or was here before with the files of its first try. */
async function take(
  webchat: Webchat,
  visitor: Visitor,
  activity: Activity,
  raw: Uint8Array,
  attachments: readonly NewAttachment[],
): Promise<{ reply: HttpReply; keepsFiles: boolean }> {
  const { door, clock, random } = webchat
  const { answered, offered } = await answeredBy(door, visitor.conversation, activity.replyToId)
  const check = toMessage(webchat.site, visitor, { activity, raw, attachments, answered, offered }, newId('wc', clock, random))
  if (check.kind === 'refused') return { reply: refuse(400, check.code, check.reason), keepsFiles: false }
  const accepted = await door.accept({ kind: 'message', message: check.message })
  if (accepted.kind === 'noted') return { reply: passed(webchat, visitor), keepsFiles: true }
  return {
    reply: answer(200, { id: activityId(visitor.conversation, accepted.seq) }),
    keepsFiles: accepted.kind === 'stored',
  }
}

/** Clients want an id for whatever they post. */
function passed({ clock, random }: Webchat, visitor: Visitor): HttpReply {
  return answer(200, { id: `${visitor.conversation}|${newId('passing', clock, random)}` })
}
