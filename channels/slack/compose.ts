// A message of ours as the posts that it makes in Slack: in parts where it is long, with its choices as buttons under the last. Pure.
import type { AnyBlock, Button, RichTextBlock, RichTextElement } from '@slack/web-api'
import type { OutboundMessage } from '../../src/message.ts'
import { choiceButton } from './press.ts'
import { escapeText, inParts } from './text.ts'

/** Characters in one post; Slack takes more, but shows longer ones badly. */
export const textLimit = 3_000
/** Elements in one block of buttons. */
const buttonsMax = 25

export interface Post {
  text: string
  blocks?: AnyBlock[]
}

type Said = Pick<OutboundMessage, 'text' | 'choices' | 'place'>

/** None for a message that is attachments only. */
export function compose(message: Said): Post[] {
  const { parts, buttons } = lay(message)
  return parts.map((part, index) =>
    index === parts.length - 1 && buttons.length > 0
      ? { text: escapeText(part), blocks: [verbatim(part), { type: 'actions', elements: buttons }] }
      : { text: escapeText(part) },
  )
}

/** What the customer reads of it, post by post. */
export function previewTexts(message: Said): string[] {
  const { parts, buttons } = lay(message)
  const labels = buttons.map(({ text }) => `[${text.text}]`).join(' ')
  return parts.map((part, index) => (index === parts.length - 1 && labels !== '' ? `${part}\n${labels}` : part))
}

/** The choices replaced by the one that was taken. */
export function answered(text: string, label: string): Required<Post> {
  return { text: escapeText(text), blocks: [verbatim(text), { type: 'context', elements: [{ type: 'plain_text', text: `✓ ${label}`, emoji: false }] }] }
}

function lay({ text, choices, place }: Said): { parts: string[]; buttons: Button[] } {
  const buttons = choices.flatMap((choice, index) => choiceButton(choice, index, place) ?? [])
  if (buttons.length === choices.length && buttons.length <= buttonsMax) return { parts: inParts(text, textLimit), buttons }
  // What fits onto no button is offered by number; the bot reads numbers wherever choices are open.
  const numbered = [text, ...choices.map(({ label }, index) => `${index + 1}. ${label}`)].join('\n')
  return { parts: inParts(numbered, textLimit), buttons: [] }
}

/** Text exactly as it is, with its web addresses to click on: nothing else in it means anything to Slack. */
function verbatim(text: string): RichTextBlock {
  const elements = text
    .split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]])/)
    .map((part, index): RichTextElement => (index % 2 === 0 ? { type: 'text', text: part } : { type: 'link', url: part }))
    .filter((element) => element.type !== 'text' || element.text !== '')
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }
}
