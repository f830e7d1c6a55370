// The sentences customers read: all there in every language, all used, and safe on a phone network.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { entitlementReasons } from '../../src/assets/index.ts'
import { acts } from '../../flows/field/acts.ts'
import { repairFields } from '../../src/forms/form.ts'
import { makeTexts, placeholder } from '../../src/bot/texts.ts'
import { outcomes } from '../../src/dispatch/status.ts'
import { statuses } from '../../src/tickets/status.ts'
import { quoteStates } from '../../src/quotes/quote.ts'
import { newsWays } from '../../src/understanding/entities/way.ts'
import { texts } from '../support/talk.ts'

const root = join(import.meta.dirname, '../..')
const sources = ['flows', 'src', 'channels']
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(root, folder, name)))
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(name, 'utf8'))

/** Keys that code puts together, by what they are put together from. */
const assembled = [
  ...repairFields.flatMap((field) => [`ask.${field}`, `form.item.${field}`, `summary.${field}`, `field.${field}`]),
  ...statuses.flatMap((status) => [`status.${status}`, `ticket.status.${status}`, `ticket.status.${status}.comment`]),
  'status.incomplete',
  ...['en_route', 'on_site', 'awaiting_item', 'received', 'in_repair', 'ready'].map((status) => `status.work.${status}`),
  'own.date_past',
  'own.date_future',
  ...repairFields.filter((field) => field !== 'photos').map((field) => `check.${field}`),
  ...['reschedule', 'cancel_visit', 'approve', 'decline', 'order_part', 'book_inspection'].map((wish) => `noted.${wish}`),
  ...['order_part', 'book_inspection'].map((wish) => `requested.${wish}`),
  ...['asked', 'not_understood', 'safety', 'complaint', 'not_served'].flatMap((reason) => [`handover.${reason}`, `handover.${reason}_away`]),
  ...entitlementReasons.map((reason) => `entitlement.${reason}`),
  ...newsWays.flatMap((way) => ['way', 'address', 'no_address', 'off'].map((part) => `change_channel.${part}.${way}`)),
  ...['component', 'problem', 'cause', 'remedy'].map((each) => `work.record.${each}`),
  ...['no_time', 'too_far', 'no_skill', 'no_parts'].map((each) => `work.reason.${each}`),
  ...acts.filter((act) => act !== 'jobs').map((act) => `work.act.${act}`),
  ...['taken', 'missed', 'engineer', 'choice.off', 'choice.move', 'choice.keep'].map((part) => `visit.${part}`),
  ...['ask', 'ask_fits', 'ask_nearest', 'declined', 'gone'].map((part) => `inspection.${part}`),
  ...['ask', 'ask_fits', 'ask_nearest'].map((part) => `visit.${part}`),
  ...['later', 'declined', 'gone', 'times', 'other'].map((choice) => `inspection.choice.${choice}`),
  // What is said of a visit, of an inspection.
  ...['confirmed', 'rescheduled', 'engineer', 'reminder', 'canceled'].map((part) => `inspection.appointment.${part}`),
  ...['en_route', 'cannot_complete'].map((part) => `inspection.work_order.${part}`),
  ...['replaced', 'misread', 'gone', 'here'].map((choice) => `meter.choice.${choice}`),
  ...['why', 'why_value', 'choice.go_on', 'choice.finish'].map((part) => `checklist.${part}`),
  ...['mail_in', 'walk_in'].map((kind) => `work_order.awaiting_item.${kind}`),
  ...outcomes.map((outcome) => `work_order.ready.${outcome}`),
  ...[1, 2, 3, 4, 5].map((score) => `survey.rating.${score}`),
  ...['approved', 'declined'].flatMap((decision) => [`quote.done.${decision}`, `quote.noted.${decision}`]),
  ...['failing_often', 'asked_for_part', 'end_of_life'].map((kind) => `offer.ask.${kind}`),
  ...['yes', 'no', 'asked'].map((answer) => `offer.done.${answer}`),
  ...[...statuses, 'incomplete'].flatMap((stage) => [`page.status.stage.${stage}`, `page.status.next.${stage}`]),
  ...['acceptance', 'handling', 'closing'].map((phase) => `page.status.phase.${phase}`),
  ...['serial', 'address', 'phone', 'email'].map((field) => `page.status.field.${field}`),
  ...['empty', 'again', 'wrong', 'expired', 'too_often'].map((problem) => `page.status.problem.${problem}`),
  ...quoteStates.filter((state) => state !== 'sent').map((state) => `page.quote.${state}`),
]

/** Kept ready for those who speak of other things than the bot: delivery, agents. */
const keptReady = /^(?:agent|away|merged|failure)(?:\.|$)/

describe('every key', () => {
  it('that code names exists', () => {
    const named = sources.flatMap((source) => [
      ...[...source.matchAll(/\b(?:statement|question|acknowledgement)\(\s*(?:[^'()]*\?\s*)?'([a-z_]+(?:\.\w+)*)'(?:\s*:\s*'([a-z_]+(?:\.\w+)*)')?/g)].flatMap(
        ([, first, second]) => [first, second],
      ),
      ...[...source.matchAll(/\b(?:text|label): '@?([a-z_]+\.[\w.]+)'/g)].map(([, key]) => key),
      ...[...source.matchAll(/\brender\([^,()]+(?:\([^)]*\))?, '([\w.]+)'/g)].map(([, key]) => key),
    ])
    // An agent's own words have a key for providers' templates and no text of ours.
    const missing = named.filter((key) => key !== undefined && key !== 'agent.reply' && !texts.has(key))
    expect(missing).toEqual([])
    expect(named.length).toBeGreaterThan(50)
    expect(assembled.filter((key) => !texts.has(key))).toEqual([])
  })

  it('is used', () => {
    const all = sources.join('\n')
    const unused = texts.keys().filter((key) => !assembled.includes(key) && !keptReady.test(key) && !all.includes(`'${key}'`) && !all.includes(`'@${key}'`))
    expect(unused).toEqual([])
  })

  it('is there in both languages with the same placeholders', () => {
    for (const key of texts.keys()) {
      const [english, chinese] = (['en', 'zh'] as const).map((language) => new Set(texts.template(language, key).match(placeholder)))
      expect(chinese, key).toEqual(english)
    }
  })
})

describe('every sentence', () => {
  const all = texts.keys().flatMap((key) => (['en', 'zh'] as const).map((language) => ({ key, text: texts.template(language, key) })))

  it('asks nobody to send a word that phone networks answer themselves', () => {
    for (const { key, text } of all)
      expect(text, key).not.toMatch(
        /\b(?:STOP|STOPALL|UNSUBSCRIBE|CANCEL|END|QUIT|YES|START|UNSTOP|HELP|INFO)\b|\b(?:reply|type|send|text|answer)\s+(?:with\s+)?["']?(?:stop|cancel|end|quit|yes|start|help|info)\b/,
      )
  })

  it('offers no choice that is such a word', () => {
    for (const { key, text } of all.filter(({ key }) =>
      /^(?:choice|menu|which|field|visit\.(?:choice|other)|work\.(?:act|reason)\.|change_channel\.(?:way|keep|new_code|other_address)|survey\.rating)/.test(
        key,
      ),
    ))
      expect(text, key).not.toMatch(/^(?:stop|cancel|end|quit|yes|start|help|info)$/i)
  })

  it('fits into a text message of two parts', () => {
    for (const { key, text } of all) expect(text.length, key).toBeLessThanOrEqual(300)
  })

  it('is in its own language', () => {
    for (const key of texts.keys()) {
      // A company's own words and nothing else.
      if (key === 'choice.skip' || !/[\p{L}]/u.test(texts.template('zh', key).replace(placeholder, ''))) continue
      expect(texts.template('zh', key), key).toMatch(/\p{Script=Han}/u)
      expect(texts.template('en', key), key).not.toMatch(/\p{Script=Han}/u)
    }
  })
})

describe('the loader', () => {
  const good = { en: new Map([['a', 'Hello {name}']]), zh: new Map([['a', '你好 {name}']]) }

  it('fills placeholders, with text that looks like one left alone', () => {
    expect(makeTexts(good).render('en', 'a', { name: '{name} $& $1' })).toBe('Hello {name} $& $1')
  })

  it('refuses to start where a language lacks a key, naming both', () => {
    expect(() => makeTexts({ ...good, zh: new Map() })).toThrow('zh.yaml lacks "a"')
    expect(() => makeTexts({ ...good, en: new Map() })).toThrow('en.yaml lacks "a"')
  })

  it('refuses to start where placeholders differ', () => {
    expect(() => makeTexts({ ...good, zh: new Map([['a', '你好 {nam}']]) })).toThrow('"a" has other placeholders')
  })

  it('throws for a key that is not there and for a parameter that is not given', () => {
    expect(() => makeTexts(good).render('en', 'b')).toThrow('no sentence "b"')
    expect(() => makeTexts(good).render('en', 'a')).toThrow('wants "name"')
  })
})
