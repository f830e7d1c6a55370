// A Direct Line activity as the widget shows it, read out of whatever the server sent.
import { isRecord, text } from './storage.ts'

export interface ShownAttachment {
  name: string
  contentType: string
  url: string
}

export interface ShownChoice {
  label: string
  value: string
}

/** A message of either side. */
export interface Shown {
  id: string
  seq: number
  side: 'visitor' | 'desk'
  /** A person's name; empty for the bot and for the visitor. */
  speaker: string
  text: string
  language: string
  /** Milliseconds since the epoch. */
  at: number
  attachments: ShownAttachment[]
  choices: ShownChoice[]
  /** What we called it when we sent it. */
  clientId: string
}

export type Frame = { messages: Shown[]; typing: boolean; watermark: string | undefined }

/** @param fileUrl makes an attachment's address one that this page may load. */
export function readFrame(json: unknown, fileUrl: (url: string) => string): Frame {
  const frame: Frame = { messages: [], typing: false, watermark: undefined }
  if (!isRecord(json)) return frame
  if (typeof json['watermark'] === 'string') frame.watermark = json['watermark']
  for (const activity of list(json['activities'])) {
    if (activity['type'] === 'typing') frame.typing = true
    if (activity['type'] === 'message') frame.messages.push(readMessage(activity, fileUrl))
  }
  return frame
}

function readMessage(activity: Record<string, unknown>, fileUrl: (url: string) => string): Shown {
  const from = record(activity['from'])
  const id = text(activity['id'])
  const side = from['role'] === 'bot' ? 'desk' : 'visitor'
  const speaker = text(from['name'])
  return {
    id,
    seq: seqOf(id),
    side,
    speaker: side === 'desk' && speaker !== 'bot' ? speaker : '',
    text: text(activity['text']),
    language: text(activity['locale']),
    at: Date.parse(text(activity['timestamp'])) || 0,
    attachments: list(activity['attachments']).map((attachment) => ({
      name: text(attachment['name']),
      contentType: text(attachment['contentType']),
      url: fileUrl(text(attachment['contentUrl'])),
    })),
    choices: list(record(activity['suggestedActions'])['actions']).map((action) => ({
      label: text(action['title']),
      value: text(record(action['channelData'])['choice']) || text(action['value']),
    })),
    clientId: text(record(activity['channelData'])['clientActivityID']),
  }
}

/** The place in the conversation, at the end of an id like `c_…|0000012`. */
export function seqOf(id: string): number {
  return Number(id.split('|')[1] ?? 0) || 0
}

function list(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : []
}

function record(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {}
}
