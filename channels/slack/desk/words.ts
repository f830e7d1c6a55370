// How the desk writes in Slack: plain text that means nothing to Slack, people, times, and the names of things. Pure.
import type { MrkdwnElement, PlainTextElement, SectionBlock } from '@slack/web-api'
import type { TicketCard } from '../../../src/desk/index.ts'
import { escapeText, inParts } from '../text.ts'

type Status = TicketCard['ticket']['status']

/** For words of ours with markup in them: whatever comes from outside goes through `escapeText` first. */
export function mrkdwn(text: string): MrkdwnElement {
  // Verbatim: an address or a name in it is no link and no mention unless we made it one.
  return { type: 'mrkdwn', text, verbatim: true }
}

/** For words of others: nothing in them is markup. */
export function plain(text: string): PlainTextElement {
  return { type: 'plain_text', text, emoji: false }
}

/** Characters of a block's text. */
const blockMax = 3_000

/** Somebody's words, whole up to `most` blocks; then it says how much is left out. */
export function wordBlocks(text: string, most = 4): SectionBlock[] {
  const parts = inParts(text.toWellFormed(), blockMax)
  const left = parts.slice(most).join('\n').length
  const shown: SectionBlock[] = parts.slice(0, most).map((part) => ({ type: 'section', text: plain(part) }))
  return left === 0 ? shown : [...shown, { type: 'section', text: mrkdwn(`_and ${left} characters more_`) }]
}

/** At most `most` characters of it, in one line. */
export function excerpt(text: string, most: number): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return (line.length <= most ? line : `${line.slice(0, most - 1)}…`).toWellFormed()
}

/** The same between words of ours: up to five times as long, since each mark of Slack's is spelled out. */
export function safe(text: string, most: number): string {
  return escapeText(excerpt(text, most))
}

/** As many lines as Slack takes in a block. */
export function inLines(lines: readonly string[]): string {
  const shown: string[] = []
  for (const line of lines) {
    if (shown.length === 8 || [...shown, line].join('\n').length > 2_900) return [...shown, `and ${lines.length - shown.length} more`].join('\n')
    shown.push(line)
  }
  return shown.join('\n')
}

/** A person of Slack as a mention, which in a card or a note of the bot calls nobody; anybody else by name. */
export function who(id: string, name: string): string {
  return isSlackUser(id) ? `<@${id}>` : safe(name, 80)
}

export function isSlackUser(id: string): boolean {
  return /^[UW][A-Z0-9]{5,}$/.test(id)
}

/** In the reader's own time zone. https://docs.slack.dev/messaging/formatting-message-text#date-formatting */
export function when(at: string): string {
  return `<!date^${Math.floor(Date.parse(at) / 1000)}^{date_short_pretty} {time}|${at.slice(0, 16).replace('T', ' ')} UTC>`
}

/** The same where Slack shows no markup. */
export function plainWhen(at: string): string {
  return `${at.slice(0, 16).replace('T', ' ')} UTC`
}

export const statusNames: Readonly<Record<Status, string>> = {
  new: 'New',
  accepted: 'Accepted',
  in_progress: 'In progress',
  pending: 'Waits for the customer',
  on_hold: 'On hold',
  resolved: 'Resolved',
  closed: 'Closed',
  cancelled: 'Cancelled',
}

export const phaseNames: Readonly<Record<TicketCard['ticket']['phase'], string>> = { acceptance: 'Acceptance', handling: 'Handling', closing: 'Closing' }

export const entitlementNames: Readonly<Record<NonNullable<TicketCard['ticket']['entitlement']>, string>> = {
  in_warranty: ':shield: under warranty',
  out_of_warranty: 'out of warranty',
  no_data: ':grey_question: no record; served without a promise',
  not_served: ':no_entry: not served',
}

export const taskNames: Readonly<Record<TicketCard['tasks'][number]['kind'], string>> = {
  low_score: 'the customer is not happy',
  new_information: 'the customer has something new',
  handover: 'the customer waits for a person',
  undeliverable: 'a message could not be delivered',
  answers_held: 'too many automatic answers; some wait',
  needs_review: 'something could not be read',
  no_data: 'no record of the device; mend it',
  reorder: 'a part runs low',
  stock_mismatch: 'more parts used than were in stock',
  sales: 'a customer wants an offer',
  unmatched: 'a receipt fits no message',
  file_missing: 'a file could not be fetched',
  opted_out: 'the customer wants no more messages',
  sla: 'a promised time runs out',
  work_done: 'the work is done: resolve the ticket?',
  work_stuck: 'the work cannot go on',
  quote: 'a quote was declined, or nobody answered it',
  webhook_disabled: 'another system is told no more: its webhook endpoint was switched off',
  inspection: 'an inspection needs a person: whom to ask, or whether the device is still there',
}

export const quoteNames: Readonly<Record<NonNullable<TicketCard['quote']>['state'], string>> = {
  draft: 'a draft',
  reviewed: 'reviewed, not sent',
  sent: 'the customer decides',
  approved: ':white_check_mark: approved',
  declined: ':x: declined',
  expired: 'expired',
  withdrawn: 'taken back',
  superseded: 'replaced',
}

export const channelNames: Readonly<Record<TicketCard['ticket']['channel'], string>> = {
  email: 'email',
  webchat: 'web chat',
  webhook: 'another system',
  sms: 'text message',
  whatsapp: 'WhatsApp',
  slack: 'Slack',
  botframework: 'Teams',
  api: 'another system',
}

export const languageNames: Readonly<Record<TicketCard['ticket']['language'], string>> = { en: 'English', zh: 'Chinese' }
