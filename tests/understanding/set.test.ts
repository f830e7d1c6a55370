// The evaluation set of bench/understanding: every line is well formed, and its slots really stand in its text.
import { readFileSync } from 'node:fs'
import { parsePhoneNumberFromString } from 'libphonenumber-js'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readCompany } from '../../src/company.ts'
import { isTimeZone } from '../../src/hours/index.ts'
import { readTicketNumber } from '../../src/tickets/number.ts'

const large = ['report_repair', 'ask_status', 'add_information', 'reschedule', 'cancel', 'order_part', 'book_inspection', 'complain', 'none'] as const
const small = ['approve', 'decline', 'thank', 'talk_to_person', 'small_talk'] as const
const languages = ['en', 'zh'] as const

const instant = z.iso.datetime()
const words = z.string().min(1)
const lineSchema = z.strictObject({
  text: words,
  now: instant,
  timeZone: z.string().refine(isTimeZone),
  channel: z.enum(['sms', 'whatsapp', 'webchat', 'email', 'slack']),
  language: z.enum(languages).optional(),
  intent: z.enum([...large, ...small]),
  slots: z
    .strictObject({
      product: words,
      serial: words,
      errorCode: z.string().regex(/^[A-Z]\d{2}$/),
      symptom: words,
      phone: words,
      email: z.email(),
      address: words,
      contactName: words,
      from: instant,
      until: instant,
      ticketNumber: words,
      rating: z.number().int().min(1).max(5),
      urgency: z.enum(['urgent', 'safety']),
    })
    .partial(),
})

const set = readFileSync(new URL('../../bench/understanding/set.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => lineSchema.parse(JSON.parse(line)))
const settings = readCompany(readFileSync(new URL('../../bench/understanding/settings.yaml', import.meta.url), 'utf8'), 'settings.yaml', { surveyDelayMs: 0 })
const catalogue = settings.kind === 'company' ? settings.company.flow.products.map(({ name }) => name) : []
const digits = (text: string) => text.replace(/\D/g, '')
const plain = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
const count = (matches: (line: (typeof set)[number]) => boolean) => set.filter(matches).length

describe('the evaluation set for understanding', () => {
  it('has settings the desk accepts', () => {
    expect(settings).toMatchObject({ kind: 'company' })
    expect(catalogue).toHaveLength(6)
  })

  it('has enough of every intent in both languages', () => {
    expect(set.length).toBeGreaterThanOrEqual(420)
    for (const language of languages) {
      const of = (intent: string) => count((line) => line.language === language && line.intent === intent)
      for (const intent of large) expect(of(intent), `${language} ${intent}`).toBeGreaterThanOrEqual(15)
      for (const intent of small) expect(of(intent), `${language} ${intent}`).toBeGreaterThanOrEqual(12)
      expect(of('report_repair') / count((line) => line.language === language)).toBeCloseTo(0.3, 1)
    }
    expect(count((line) => line.intent === 'none') / set.length).toBeCloseTo(0.12, 1)
    expect(count((line) => line.language === 'en') / set.length).toBeCloseTo(0.5, 1)
  })

  it('says nothing twice', () => {
    const seen = new Set<string>()
    const twice = set.filter(({ text }) => {
      const key = plain(text) || text
      return seen.size === seen.add(key).size
    })
    expect(twice).toEqual([])
  })

  it('takes the words of its slots from the text', () => {
    const missing = set.flatMap(({ text, slots }) => {
      const product = slots.product !== undefined && catalogue.includes(slots.product) ? undefined : slots.product
      return [slots.symptom, slots.address, slots.contactName, slots.email, slots.serial, product]
        .filter((span) => span !== undefined)
        .filter((span) => !text.includes(span))
    })
    expect(missing).toEqual([])
  })

  it('names error codes, ticket numbers and phone numbers which stand in the text and are valid', () => {
    for (const { text, slots } of set) {
      if (slots.errorCode !== undefined) expect(text.toUpperCase()).toContain(slots.errorCode)
      if (slots.ticketNumber !== undefined) {
        expect(readTicketNumber(slots.ticketNumber)).toBe(slots.ticketNumber)
        expect(plain(text)).toContain(plain(slots.ticketNumber))
      }
      if (slots.phone !== undefined) {
        const phone = parsePhoneNumberFromString(slots.phone)
        expect(phone?.isValid(), slots.phone).toBe(true)
        expect(phone?.number).toBe(slots.phone)
        expect(digits(text)).toContain(phone?.nationalNumber)
      }
    }
  })

  it('gives times as windows that end after they begin and after the message was written', () => {
    for (const { text, now, slots } of set) {
      expect(slots.from === undefined, text).toBe(slots.until === undefined)
      if (slots.from === undefined || slots.until === undefined) continue
      expect(Date.parse(slots.until) - Date.parse(slots.from), text).toBeGreaterThan(0)
      expect(Date.parse(slots.until), text).toBeGreaterThan(Date.parse(now))
    }
  })

  it('asks nothing of messages that are none of our business', () => {
    expect(set.filter(({ intent, slots }) => intent === 'none' && Object.keys(slots).length > 0)).toEqual([])
  })
})
