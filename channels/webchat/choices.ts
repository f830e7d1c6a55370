// Which choices a visitor has before them, and which one an activity picks.
import type { Door } from '../../src/channel.ts'
import type { Choice } from '../../src/message.ts'
import { seqOf } from './activity-id.ts'
import type { Activity } from './read-activity.ts'

/** How far back a question may lie that is still before the visitor's eyes. */
const tail = 32

/**
 * The choice that this activity is: by the value our widget or a post-back sends, else by its text when that is a label or a value
 * (Web Chat's `imBack`, or typed by hand).
 */
export function chosenFrom(offered: readonly Choice[], { channelData, value, text }: Activity): Choice | undefined {
  const pressed = channelData?.choice ?? (typeof value === 'string' ? value : undefined)
  const said = plain(text ?? '')
  return (
    offered.find((choice) => choice.value === pressed) ??
    offered.find((choice) => plain(choice.label) === said) ??
    offered.find((choice) => plain(choice.value) === said)
  )
}

const plain = (text: string) => text.trim().toLowerCase()

/** The message that is answered if the client names one, and its choices; else those of the last message that had any. */
export async function answeredBy(
  door: Door,
  conversation: string,
  replyToId: string | null | undefined,
): Promise<{ answered: string | undefined; offered: readonly Choice[] }> {
  const seq = replyToId ? seqOf(conversation, replyToId) : undefined
  const messages = seq === undefined ? await lastMessages(door, conversation) : await door.history(conversation, seq - 1, 1)
  const asking = messages.findLast((message) => message.direction === 'outbound' && message.choices.length > 0)
  return { answered: seq === undefined ? undefined : messages[0]?._id, offered: asking?.direction === 'outbound' ? asking.choices : [] }
}

/**
 * The last messages of a conversation. `history` only reads forward; `seq` has no gaps, so one read shows the end of a short
 * conversation, and doubling and halving finds that of a long one in a few reads of one message.
 */
async function lastMessages(door: Door, conversation: string) {
  const page = 2 * tail
  const first = await door.history(conversation, 0, page)
  if (first.length < page) return first
  const beyond = async (seq: number) => (await door.history(conversation, seq, 1)).length === 0
  let low = page - 1
  let high = 2 * page
  while (!(await beyond(high))) {
    low = high
    high *= 2
  }
  while (high - low > tail) {
    const middle = Math.floor((low + high) / 2)
    if (await beyond(middle)) high = middle
    else low = middle
  }
  return door.history(conversation, low - tail, page)
}
