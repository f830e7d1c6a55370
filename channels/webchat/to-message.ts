// An activity as the message it is: pure.
import type { Choice, NewAttachment, NewMessage } from '../../src/message.ts'
import { chosenFrom } from './choices.ts'
import { textLimit, type Activity } from './read-activity.ts'
import type { Visitor } from './tokens.ts'

export type MessageCheck = { kind: 'message'; message: NewMessage } | { kind: 'refused'; code: 'BadArgument' | 'MessageSizeTooBig'; reason: string }

export interface Posted {
  activity: Activity
  /** The activity as it came. */
  raw: Uint8Array
  attachments: readonly NewAttachment[]
  /** Our id of the message that is answered, where the client names one. */
  answered: string | undefined
  /** What was last offered for choosing. */
  offered: readonly Choice[]
}

export function toMessage(site: string, visitor: Visitor, posted: Posted, freshId: string): MessageCheck {
  const { activity, raw, attachments, answered, offered } = posted
  const chosen = chosenFrom(offered, activity)
  const text = wellFormed(activity.text ?? '').trim() || (chosen?.label ?? plainValue(activity.value))
  if (text.length > textLimit) return { kind: 'refused', code: 'MessageSizeTooBig', reason: `The text is longer than ${textLimit} characters.` }
  if (text === '' && attachments.length === 0) return { kind: 'refused', code: 'BadArgument', reason: 'The message has neither text nor a file.' }
  const name = activity.from?.name ?? visitor.name
  return {
    kind: 'message',
    message: {
      channel: 'webchat',
      account: site,
      providerId: providerId(visitor.conversation, activity, freshId),
      keyWithoutAccount: false,
      // The token says who it is, whatever the activity's `from` claims.
      from: { address: visitor.user, ...(name ? { name: wellFormed(name) } : {}) },
      thread: '',
      text,
      fullText: text,
      ...(chosen === undefined ? {} : { choice: chosen.value }),
      ...(answered === undefined ? {} : { repliesTo: [answered] }),
      ...(activity.locale ? { locale: activity.locale } : {}),
      author: 'person',
      attachments,
      raw: { name: 'activity.json', contentType: 'application/vnd.microsoft.activity', content: raw },
    },
  }
}

/** A post-back without text speaks by its value. */
function plainValue(value: unknown): string {
  return typeof value === 'string' ? wellFormed(value).trim() : ''
}

/** Lone surrogates and NULs are not text in any store. */
function wellFormed(text: string): string {
  return text.toWellFormed().replaceAll('\0', '')
}

/**
 * The client's own id makes a repeated post one message; it counts within its conversation only, so that no visitor can take
 * another's. A client without ids gets a fresh one, and with it no protection.
 */
function providerId(conversation: string, activity: Activity, freshId: string): string {
  const client = activity.channelData?.clientActivityID ?? activity.id
  return client ? `${conversation}/client/${client}` : `${conversation}/server/${freshId}`
}

/** The client's id out of a stored message, for its echo. */
export function clientIdOf(providerId: string): string | undefined {
  return /^[^/]*\/client\/(.*)$/su.exec(providerId)?.[1]
}
