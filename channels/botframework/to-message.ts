// An activity as the message it is, or as nothing of weight: pure.
import type { Author, NewMessage } from '../../src/message.ts'
import type { Activity } from './read-activity.ts'
import { remotesOf } from './remotes.ts'
import { routeOf } from './reference.ts'
import { isGroup, mentionsUs, nameOf, textOf } from './text.ts'

export type Heard =
  | { kind: 'message'; message: NewMessage }
  /** Real, and of no weight here: somebody joined, typed, liked, took a message back, installed or removed the bot. */
  | { kind: 'passing' }
  /** A question of the client that we have no answer to. */
  | { kind: 'unknown_invoke' }

export interface Posted {
  activity: Activity
  /** As it came. */
  raw: Uint8Array
  /** Our app's id: the account. */
  appId: string
}

export function toMessage(posted: Posted): Heard {
  const { activity } = posted
  const author = activity.from.role === 'bot' ? 'machine' : 'person'
  switch (activity.type) {
    case 'message': {
      const choice = choiceIn(activity.value)
      // Whoever presses a button of ours means us; else only who names us does, where others talk too.
      if (isGroup(activity) && choice === undefined && !mentionsUs(activity)) return { kind: 'passing' }
      return message(posted, { choice, text: textOf(activity) || (choice ?? plainValue(activity.value)), occasion: '', author })
    }
    case 'messageUpdate':
      // A message that is brought back was here before.
      if (field(activity.channelData, 'eventType') !== 'editMessage' || (isGroup(activity) && !mentionsUs(activity))) return { kind: 'passing' }
      // Noted for whoever reads the conversation. The bot says nothing to it, as to no machine: it would take the corrected words for the
      // answer to what it asked since.
      return message(posted, { choice: undefined, text: `[edited] ${textOf(activity)}`, occasion: `/edited/${activity.timestamp ?? ''}`, author: 'machine' })
    case 'invoke': {
      const action = activity.name === 'adaptiveCard/action' ? field(activity.value, 'action') : undefined
      const choice = choiceIn(field(action, 'data'))
      return choice === undefined
        ? { kind: 'unknown_invoke' }
        : message(posted, { choice, text: plainValue(field(action, 'title')) || choice, occasion: '', author })
    }
    default:
      return { kind: 'passing' }
  }
}

interface Said {
  choice: string | undefined
  text: string
  /** Tells apart what one activity id stands for. */
  occasion: string
  author: Author
}

function message({ activity, raw, appId }: Posted, { choice, text, occasion, author }: Said): Heard {
  const { channelId, conversation, from, id } = activity
  const name = nameOf(from.name)
  const locale = localeOf(activity)
  const repliesTo = repliesToOf(activity)
  return {
    kind: 'message',
    message: {
      channel: 'botframework',
      account: appId.toLowerCase(),
      providerId: `${channelId}/${conversation.id}/${id ?? ''}${occasion}`,
      keyWithoutAccount: false,
      from: { address: addressOf(activity), ...(name === undefined ? {} : { name }) },
      thread: conversation.id,
      text,
      fullText: text,
      ...(choice === undefined ? {} : { choice }),
      ...(repliesTo.length === 0 ? {} : { repliesTo }),
      ...(locale === undefined ? {} : { locale }),
      author,
      attachments: [],
      remotes: remotesOf(activity),
      route: routeOf(activity),
      raw: { name: 'activity.json', contentType: 'application/vnd.microsoft.activity', content: raw },
    },
  }
}

/** Where the id of a user is the channel's and not the client's word. */
const vouchedFor = new Set(['msteams', 'slack', 'telegram', 'facebook', 'line', 'sms'])

/**
 * Ids are unique within their channel. A client of Direct Line or the Emulator says itself who it is: were that taken for an address,
 * whoever says "alice" would see Alice's repairs; so there a person is somebody in this conversation. An id is no mail address, even where it looks like one.
 */
function addressOf({ channelId, from, conversation }: Activity): string {
  const id = vouchedFor.has(channelId) ? from.id : `${from.id}/${conversation.id}`
  return `${channelId}:${id}`.replaceAll('@', '%40')
}

/** What our buttons bring back: `messageBack` and `Action.Submit` as their value, `Action.Execute` as its data. */
function choiceIn(value: unknown): string | undefined {
  const choice = field(value, 'choice')
  return typeof choice === 'string' && choice.length <= 1000 && choice.isWellFormed() && !choice.includes('\0') ? choice : undefined
}

/** A post-back without text speaks by its value. */
function plainValue(value: unknown): string {
  return typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '').trim() : ''
}

/** What is quoted says more than the thread it stands in. */
function repliesToOf({ entities, replyToId }: Activity): string[] {
  const quoted = (entities ?? []).flatMap(({ quotedReply }) => quotedReply?.messageId || [])
  return [...new Set([...quoted, ...(replyToId ? [replyToId] : [])])].slice(0, 10)
}

function localeOf({ locale, entities }: Activity): string | undefined {
  const declared = [locale, ...(entities ?? []).map((entity) => (entity.type === 'clientInfo' ? entity.locale : undefined))]
  return (
    declared.find((tag) => {
      try {
        return typeof tag === 'string' && Intl.getCanonicalLocales(tag).length === 1
      } catch {
        return false
      }
    }) ?? undefined
  )
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
