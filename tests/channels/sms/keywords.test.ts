// On channels where lone STOP, YES, HELP and their kin belong to the carrier, nothing we say asks for one: Twilio would act on it, and we never hear the answer.
// https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out
import { describe, expect, it } from 'vitest'
import { createChannels } from '../../../channels/index.ts'
import { systemClock } from '../../../src/clock.ts'
import type { Choice, Language, OutboundMessage } from '../../../src/message.ts'
import { systemRandom } from '../../../src/random.ts'
import { readSettings } from '../../../src/settings.ts'
import { outboundTo } from '../../support/outbound.ts'
import { texts } from '../../support/talk.ts'
import { ourNumber } from '../twilio.ts'

const keywords = ['stop', 'stopall', 'unsubscribe', 'cancel', 'end', 'quit', 'revoke', 'optout', 'yes', 'start', 'unstop', 'help', 'info']
const keyword = keywords.join('|')

const settings = readSettings(
  { TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`, TWILIO_AUTH_TOKEN: 'token', TWILIO_FROM: ourNumber, SMTP_LISTEN_PORT: 'off' },
  () => '',
)
const channels = createChannels({ settings, secret: new Uint8Array(32), clock: systemClock, random: systemRandom, onProblem: () => {} }).filter(
  ({ abilities }) => abilities.carrierKeywords,
)

const languages: readonly Language[] = ['en', 'zh']
/** Short enough for a button: whatever a flow may offer as a choice is among these. */
const labels = (language: Language): Choice[] =>
  texts
    .keys()
    .map((key) => ({ value: key, label: texts.template(language, key) }))
    .filter(({ label }) => label.length <= 30)

describe.each(channels.map((channel) => [channel.name, channel] as const))('%s', (name, channel) => {
  const rendered = (language: Language, change: Partial<OutboundMessage>) =>
    channel.preview?.(outboundTo({ channel: name, account: ourNumber, address: '+17067815146', thread: '' }, { language, ...change })).texts ?? []

  it('asks nobody to answer with a word that phone networks answer themselves', () => {
    for (const language of languages)
      for (const key of texts.keys())
        for (const text of rendered(language, { text: texts.template(language, key), choices: labels(language) })) {
          // Capitals are how such words are asked for; an imperative before one, in any spelling, is the other way.
          expect(text, key).not.toMatch(new RegExp(`\\b(?:${keyword.toUpperCase()})\\b`))
          expect(text, key).not.toMatch(new RegExp(`\\b(?:reply|type|send|text|answer|write)\\s+(?:with\\s+)?["'“‘]?(?:${keyword})\\b`, 'i'))
          expect(text, key).not.toMatch(new RegExp(`(?:回复|发送|輸入|输入|回覆)\\s*["“「]?(?:${keyword})`, 'i'))
        }
  })

  it('offers no choice that is such a word, and asks for a number', () => {
    for (const language of languages) {
      const [text = ''] = rendered(language, { text: 'Choose:', choices: labels(language) })
      const lines = text.split('\n').slice(2)
      expect(lines.length).toBeGreaterThan(20)
      for (const [index, line] of lines.entries()) {
        expect(line).toMatch(new RegExp(`^${index + 1} `))
        expect(line.replace(/^\d+ /, '').trim()).not.toMatch(new RegExp(`^(?:${keyword})[.!]?$`, 'i'))
      }
    }
  })
})

it('covers texts and WhatsApp', () => {
  expect(channels.map(({ name }) => name)).toEqual(['sms', 'whatsapp'])
})
