// Reads whether somebody takes back, or gives again, their leave to be written to. "Stop texting me" does; "stop the leak" does not.
import type { ChannelName } from '../message.ts'
import { bare, fold } from './fold.ts'
import { chineseOptIn, chineseOptOut, chineseTimely, englishOptIn, englishOptOut, wantedAfterAll } from './rules/consent.ts'

export interface ConsentWish {
  wish: 'opt_out' | 'opt_in'
  /** A lone word that belongs to the carrier, or a sentence. */
  words: 'keyword' | 'natural'
  /** What it is about: this address, all of this customer's, or those on the channels named. */
  scope: 'here' | 'everywhere' | readonly ChannelName[]
}

export interface ConsentHints {
  /** The channel's lone STOP, START and their kin belong to the carrier. */
  carrierKeywords: boolean
  /** A mail's subject. */
  subject?: string | undefined
}

const stopWords = /^(?:stop|stopall|unsubscribe|cancel|end|quit|revoke|optout|td)$/
const startWords = /^(?:start|yes|unstop)$/
const helpWords = /^(?:help|info)$/
/** What a carrier would not act on, but nobody can mean otherwise. */
const plainStop = /^(?:(?:just|stop) )*(?:stop|stop ?all|unsubscribe|opt out)(?: now| stop| it all)*$/

/** Undefined when the words are about something else. Of several wishes in one text the last counts. */
export function readConsent(text: string, { carrierKeywords, subject }: ConsentHints): ConsentWish | undefined {
  if (carrierKeywords) {
    const word = lone(text)
    if (stopWords.test(word) || plainStop.test(bare(text))) return { wish: 'opt_out', words: 'keyword', scope: 'here' }
    if (startWords.test(word)) return { wish: 'opt_in', words: 'keyword', scope: 'here' }
  }
  if (subject !== undefined && isUnsubscribe(subject)) return { wish: 'opt_out', words: 'natural', scope: 'here' }
  return sentencesOf(text).reduce<ConsentWish | undefined>((last, sentence) => together(last, readSentence(sentence)), undefined)
}

/** HELP and INFO are answered by the carrier, so not by us. */
export function isForCarrier(text: string): boolean {
  return helpWords.test(lone(text))
}

/** What a mail program sends for the reader who pressed "unsubscribe". */
export function isUnsubscribe(subject: string): boolean {
  return /^(?:unsubscribe|opt[ -]?out|退订|取消订阅)$/.test(lone(subject))
}

function lone(text: string): string {
  return fold(text)
    .replace(/^[\p{P}\p{S}\s]+|[\p{P}\p{S}\s]+$/gu, '')
    .replace(/\s+/g, ' ')
}

/** More than this is not read. */
const longest = 5000

function sentencesOf(text: string): string[] {
  return fold(text.slice(0, longest))
    .split(/(?<=[.!?。])(?=\s|$|\p{Script=Han})|[;\n]+/u)
    .map((sentence) => sentence.replace(/\s+/g, ' ').trim())
    .filter((sentence) => sentence !== '' && sentence.length <= 400)
}

function readSentence(sentence: string): ConsentWish | undefined {
  const words = 'natural'
  const out = wantedAfterAll.test(sentence) ? [] : found(sentence, englishOptOut)
  const chinese = chineseTimely.test(sentence) ? [] : found(sentence, chineseOptOut)
  if (out.length + chinese.length > 0) return { wish: 'opt_out', words, scope: scopeOf([...out, ...chinese].join(' ')) }
  const again = [...found(sentence, englishOptIn), ...found(sentence, chineseOptIn)]
  return again.length === 0 ? undefined : { wish: 'opt_in', words, scope: scopeOf(again.join(' ')) }
}

function found(sentence: string, patterns: readonly RegExp[]): string[] {
  return patterns.flatMap((pattern) => pattern.exec(sentence)?.[0] ?? [])
}

/** Judged by the words of the wish alone: in "stop texting me, use email" mail is not what is to stop. */
function scopeOf(wish: string): ConsentWish['scope'] {
  if (
    /\b(?:contact\w*|bother\w*|pester\w*|harass\w*|alone|lists?|database|system|everything|all communications?|all contact)\b|联系|打扰|骚扰|烦我|名单|列表|通讯录/.test(
      wish,
    )
  )
    return 'everywhere'
  const named: ChannelName[] = [
    ...(/\b(?:text|texts|texting|sms\w*)\b|短信/.test(wish) ? (['sms'] as const) : []),
    ...(/whats ?app/.test(wish) ? (['whatsapp'] as const) : []),
    ...(/\be-?mail\w*|\bmail(?:s|ing)?\b|邮件/.test(wish) ? (['email'] as const) : []),
  ]
  return named.length === 0 ? 'here' : named
}

function together(earlier: ConsentWish | undefined, later: ConsentWish | undefined): ConsentWish | undefined {
  if (earlier === undefined || later === undefined || earlier.wish !== later.wish) return later ?? earlier
  const scopes = [earlier.scope, later.scope]
  if (scopes.includes('everywhere')) return { ...later, scope: 'everywhere' }
  const named = scopes.flatMap((scope) => (typeof scope === 'string' ? [] : scope))
  return { ...later, scope: named.length === 0 ? 'here' : [...new Set(named)] }
}
