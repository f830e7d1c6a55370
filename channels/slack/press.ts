// Choices as buttons, and a press of one as the customer's message. The button says where it was asked, so that its answer lands there. Pure.
import type { Button } from '@slack/web-api'
import { z } from 'zod'
import type { Choice, NewAttachment, NewMessage, Place } from '../../src/message.ts'
import type { Interaction } from './read-request.ts'
import { plainText } from './text.ts'

const prefix = 'mendline_choice'
/** Slack's limits of a button, characters. */
const labelMax = 75
const valueMax = 2000

const value = z.object({ choice: z.string(), label: z.string(), account: z.string(), address: z.string(), thread: z.string() })

/** Undefined where a choice does not fit onto a button. */
export function choiceButton({ value: choice, label }: Choice, index: number, { account, address, thread }: Place): Button | undefined {
  const carried = JSON.stringify({ choice, label, account, address, thread } satisfies z.output<typeof value>)
  if (carried.length > valueMax || label === '') return undefined
  const text = label.length > labelMax ? `${label.slice(0, labelMax - 1).toWellFormed()}…` : label
  return { type: 'button', action_id: `${prefix}:${index}`, text: { type: 'plain_text', text, emoji: false }, value: carried }
}

const pressed = z.looseObject({
  actions: z.tuple([z.looseObject({ action_id: z.string().startsWith(`${prefix}:`), value: z.string() })]),
  message: z.looseObject({ ts: z.string(), thread_ts: z.string().optional(), text: z.string().optional() }),
  channel: z.looseObject({ id: z.string() }),
})

/** `stranger`: somebody else pressed a button that was meant for the customer. */
export type Press = { kind: 'message'; message: NewMessage } | { kind: 'stranger' }

/** Undefined when it is no press of a choice of ours. */
export function readPress(body: Interaction, raw: NewAttachment): Press | undefined {
  const read = pressed.safeParse(body)
  if (body.type !== 'block_actions' || !read.success) return undefined
  const [action] = read.data.actions
  const carried = value.safeParse(parse(action.value))
  if (!carried.success) return undefined
  const { choice, label, ...place } = carried.data
  if (personOf(place) !== body.user.id) return { kind: 'stranger' }
  const { channel, message } = read.data
  return {
    kind: 'message',
    message: {
      channel: 'slack',
      account: place.account,
      // Pressed twice it is one message; another choice of the same question is another.
      providerId: `${place.account}:${channel.id}:${message.ts}:${choice}`,
      keyWithoutAccount: false,
      from: { address: place.address },
      thread: place.thread,
      hints: { tokens: [], references: [], numbers: [], own: message.thread_ts === undefined ? channel.id : `${channel.id}:${message.thread_ts}` },
      text: label,
      fullText: label,
      choice,
      author: 'person',
      attachments: [],
      raw,
    },
  }
}

/** The question that was answered by a press, as it stands in Slack. */
export function readQuestion(body: Interaction): { channel: string; ts: string; text: string; label: string } | undefined {
  const { data } = pressed.safeParse(body)
  const carried = value.safeParse(parse(data?.actions[0].value ?? ''))
  if (data === undefined || !carried.success) return undefined
  return { channel: data.channel.id, ts: data.message.ts, text: plainText(data.message.text ?? '', undefined), label: carried.data.label }
}

function personOf({ address }: Pick<Place, 'address'>): string {
  return address.slice(address.indexOf(':') + 1)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
