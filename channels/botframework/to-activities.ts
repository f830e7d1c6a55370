// What we say as activities, with buttons as the customer's client knows them: pure.
import { ActionTypes, ActivityTypes, CardFactory, InputHints } from 'botbuilder'
import type { Activity, Attachment } from 'botbuilder'
import type { Choice, OutboundMessage } from '../../src/message.ts'

/** Characters in one message. Teams takes 40 KB of UTF-16 with everything around the words. */
export const textLimit = 16_000
const limits: Readonly<Record<string, number>> = { msteams: textLimit, facebook: 2000, telegram: 4096 }
const otherLimit = 4000

/** Clients that show buttons below a message and send a pressed one's label as the customer's own words. */
const suggesting = new Set(['emulator', 'directline', 'directlinespeech', 'webchat', 'telegram', 'facebook', 'line', 'kik'])
/** Clients that show them on a card. Teams would show three suggested actions and drop the rest. */
const withCards = new Set(['msteams', 'slack'])

/** Buttons on one card; more go to the next. */
const buttonsMax = 6

export function toActivities(
  message: Pick<OutboundMessage, 'text' | 'choices' | 'language'>,
  channelId: string,
  files: readonly Attachment[],
): Partial<Activity>[] {
  const { choices, language } = message
  const numbered = choices.length > 0 && !suggesting.has(channelId) && !withCards.has(channelId)
  const text = numbered ? [message.text, ...choices.map(({ label }, index) => `${index + 1}. ${label}`)].join('\n') : message.text
  const parts = splitText(text, limits[channelId] ?? otherLimit)
  return parts.map((part, index): Partial<Activity> => {
    const last = index === parts.length - 1
    return {
      type: ActivityTypes.Message,
      // Our words are no Markdown: a serial number keeps its underscores.
      textFormat: 'plain',
      text: part,
      locale: language === 'zh' ? 'zh-CN' : 'en-US',
      inputHint: last && choices.length > 0 ? InputHints.ExpectingInput : InputHints.AcceptingInput,
      ...(last ? closing(choices, channelId, files, part) : {}),
    }
  })
}

function closing(choices: readonly Choice[], channelId: string, files: readonly Attachment[], text: string): Partial<Activity> {
  const cards = withCards.has(channelId) ? cardsOf(choices) : []
  const attachments = [...files, ...cards]
  return {
    ...(attachments.length === 0 ? {} : { attachments }),
    // Else the notification says no more than that there is a card.
    ...(cards.length === 0 ? {} : { summary: splitText(text, 200)[0] ?? '' }),
    ...(choices.length === 0 || !suggesting.has(channelId)
      ? {}
      : { suggestedActions: { to: [], actions: choices.map(({ label }) => ({ type: ActionTypes.ImBack, title: label, value: label })) } }),
  }
}

/** `messageBack` shows what was pressed as the customer's words and brings our value along. */
function cardsOf(choices: readonly Choice[]): Attachment[] {
  const cards: Attachment[] = []
  for (let first = 0; first < choices.length; first += buttonsMax) {
    const buttons = choices.slice(first, first + buttonsMax).map(({ value, label }) => ({
      type: ActionTypes.MessageBack,
      title: label,
      displayText: label,
      text: label,
      value: { choice: value },
    }))
    cards.push({ contentType: CardFactory.contentTypes.heroCard, content: { buttons } })
  }
  return cards
}

/** At a line's or a word's end where there is one in the second half, else between graphemes. */
export function splitText(text: string, limit: number): string[] {
  const parts: string[] = []
  let rest = text
  while (rest.length > limit) {
    const head = rest.slice(0, limit + 1)
    const space = [head.lastIndexOf('\n'), head.lastIndexOf(' ')].find((at) => at > limit / 2)
    const cut = space ?? (new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(rest).containing(limit)?.index || limit)
    parts.push(rest.slice(0, cut).trimEnd())
    rest = rest.slice(cut).trimStart()
  }
  return [...parts, rest]
}
