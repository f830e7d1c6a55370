// The words of a message with its choices as numbers. Never "reply YES": phone networks answer such words themselves.
import type { OutboundMessage } from '../../src/message.ts'

export function bodyOf({ text, choices }: Pick<OutboundMessage, 'text' | 'choices'>): string {
  return choices.length === 0 ? text : `${text}\n\n${choices.map(({ label }, index) => `${index + 1} ${label}`).join('\n')}`
}
