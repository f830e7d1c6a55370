// News that had to wait for the budget goes out as one message.
import type { OutboundMessage } from '../message.ts'

/** What `first` says with all the news waiting behind it; undefined when it was not held or stands alone. */
export function chooseMerge(first: OutboundMessage, waiting: readonly OutboundMessage[]): { text: string; ids: string[] } | undefined {
  if (!first.held || first.cause !== 'news' || first.choices.length > 0) return undefined
  const others: OutboundMessage[] = []
  for (const message of waiting.slice(1)) {
    if (message.cause !== 'news' || message.choices.length > 0 || message.state !== 'queued') break
    others.push(message)
  }
  if (others.length === 0) return undefined
  return { text: [first, ...others].map((message) => message.text).join('\n\n'), ids: others.map((message) => message._id) }
}
