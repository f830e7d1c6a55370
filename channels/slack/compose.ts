// A message of ours as the posts that it makes in Slack: in parts where it is long, with its choices as buttons under the last. Pure.
import type { AnyBlock, RichTextBlock, RichTextElement } from '@slack/web-api'
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

/** None for a message that is attachments only. */
export function compose(message: Pick<OutboundMessage, 'text' | 'choices' | 'place'>): Post[] {
  const buttons = message.choices.map((choice, index) => choiceButton(choice, index, message))
  const asButtons = buttons.length <= buttonsMax && buttons.every((button) => button !== undefined)
  // What fits onto no button is offered by number; the bot reads numbers wherever choices are open.
  const text = asButtons ? message.text : [message.text, ...message.choices.map(({ label }, index) => `${index + 1}. ${label}`)].join('\n')
  const posts: Post[] = inParts(text, textLimit).map((part) => ({ text: escapeText(part) }))
  if (asButtons && buttons.length > 0) {
    const last = inParts(text, textLimit).at(-1) ?? ''
    posts.splice(-1, 1, { text: escapeText(last), blocks: [verbatim(last), { type: 'actions', elements: buttons }] })
  }
  return posts
}

/** The choices replaced by the one that was taken. */
export function answered(text: string, label: string): Post & { blocks: AnyBlock[] } {
  return { text: escapeText(text), blocks: [verbatim(text), { type: 'context', elements: [{ type: 'plain_text', text: `✓ ${label}`, emoji: false }] }] }
}

/** Text exactly as it is, with its web addresses to click on: nothing else in it means anything to Slack. */
function verbatim(text: string): RichTextBlock {
  const elements = text
    .split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]])/)
    .map((part, index): RichTextElement => (index % 2 === 0 ? { type: 'text', text: part } : { type: 'link', url: part }))
    .filter((element) => element.type !== 'text' || element.text !== '')
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }
}
