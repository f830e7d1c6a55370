// Turns stored messages into what flows hear: understood, with the choice they made, in a language.
import type { FlowMessage, FlowSettings } from '../flow.ts'
import type { InboundMessage, Language } from '../message.ts'
import { understand } from '../understanding/index.ts'
import { readChoice } from './choices.ts'
import type { BotMemory } from './turn.ts'

export function hearMessage(message: InboundMessage, memory: BotMemory, settings: FlowSettings, about?: string): FlowMessage {
  const understanding = understand(message.text, {
    products: settings.products,
    country: settings.country,
    // "Tomorrow" is the day after it was written, however late it is read.
    when: { now: Date.parse(message.createdAt), timeZone: settings.timeZone },
    ...(message.choice === undefined ? {} : { choice: message.choice }),
    ...(message.subject === undefined ? {} : { subject: message.subject }),
    ...(message.reading === undefined ? {} : { reading: message.reading }),
  })
  // "No, the address is …" is a correction, not a plain no.
  const plain = understanding.confidence >= sure ? understanding.intent : opensWithYes(message.text, settings) ? 'confirm' : 'none'
  const choice = readChoice({ text: message.text, intent: plain, ...(message.choice === undefined ? {} : { choice: message.choice }) }, memory.asked)
  return {
    id: message._id,
    text: message.text,
    ...(message.subject === undefined ? {} : { subject: message.subject }),
    ...(choice === undefined ? {} : { choice }),
    ...(about === undefined ? {} : { about }),
    attachments: message.attachments.map(({ file, name, contentType }) => ({ file, name, contentType })),
    ...(message.codes === undefined ? {} : { codes: message.codes }),
    // A pressed label says nothing of the language its presser writes.
    understanding: message.choice === undefined ? understanding : { ...understanding, language: undefined },
  }
}

const sure = 0.85

/** "All correct. And please bring a new belt": a yes with more behind it, unless it takes something back. */
function opensWithYes(text: string, { products }: FlowSettings): boolean {
  const [first = '', ...rest] = text.split(/[.!。！\n]+/)
  if (rest.join('').trim() === '' || /\b(?:but|except|however|though|not|wrong|change)\b|但|不过|不過|只是|除了|不对|不對|错|錯|改/i.test(text)) return false
  const { intent, confidence } = understand(first, { products })
  return intent === 'confirm' && confidence >= sure
}

/** The customer's latest clear language, else the one spoken so far, else the one their client declared, else the company's. */
export function chooseLanguage(messages: readonly FlowMessage[], memory: BotMemory, locale: string | undefined, settings: FlowSettings): Language {
  const spoken = messages.findLast(({ understanding }) => understanding.language !== undefined)
  return spoken?.understanding.language ?? memory.language ?? languageOf(locale) ?? settings.language
}

function languageOf(locale: string | undefined): Language | undefined {
  const [, spoken] = /^(en|zh)\b/i.exec(locale ?? '') ?? []
  return spoken === undefined ? undefined : spoken.toLowerCase() === 'zh' ? 'zh' : 'en'
}
