// Who wrote: a person, a person who wants no automatic answer, or a machine.
import { describe, expect, test } from 'vitest'
import { loopHeader, loopValue } from '../../../channels/email/loop.ts'
import { mailPayload } from '../../support/mail-door.ts'
import { own, ourId, payload, readMessage } from './read.ts'

describe('the author of a recorded mail', () => {
  test.each([
    ['gmail-new', 'person'],
    ['gmail-reply', 'person'],
    ['outlook-reply', 'person'],
    ['calendar-invitation', 'person'],
    ['auto-submitted-no', 'person'],
    ['suppress-oof', 'person'],
    ['suppress-receipts', 'person'],
    ['suppress-all', 'person_no_reply'],
    ['suppress-autoreply', 'person_no_reply'],
    ['own-google-group', 'person_no_reply'],
    ['mailing-list', 'machine'],
    ['newsletter', 'machine'],
    ['noreply-sender', 'machine'],
    ['empty-return-path', 'machine'],
    ['auto-submitted-comment', 'machine'],
    ['ooo-exchange', 'machine'],
    ['ooo-gmail', 'machine'],
    ['ooo-vacation', 'machine'],
    ['ooo-de-subject-only', 'machine'],
    ['ooo-fr-subject-only', 'machine'],
    ['ooo-zh-subject-only', 'machine'],
    ['ooo-ja-subject-only', 'machine'],
    ['read-receipt', 'machine'],
    ['dsn-postfix-delayed', 'machine'],
    ['dsn-of-someone-else', 'machine'],
  ])('%s is a %s', async (name, author) => {
    expect((await payload(name)).author).toBe(author)
  })
})

describe('a person’s mail with one thing changed', () => {
  const withHeader = async (line: string) => (await readMessage(`${line}\r\n${(await mailPayload('gmail-new')).toString()}`)).author
  const withSubject = async (subject: string) =>
    (await readMessage((await mailPayload('gmail-new')).toString().replace('Washing machine leaks', subject))).author
  const withSender = async (address: string) => (await readMessage((await mailPayload('gmail-new')).toString().replace('Anna.Lind@gmail.com', address))).author

  test.each([
    'Auto-Submitted: auto-replied',
    'Auto-Submitted: AUTO-GENERATED; x=y',
    'auto-submitted: auto-notified',
    'Auto-Submitted: (comment) something-new',
    'Precedence: bulk',
    'Precedence: junk',
    'Precedence: auto_reply',
    'Return-Path: <>',
    'Return-Path: < >',
    'X-Autoreply: yes',
    'X-Autorespond: x',
    'X-Failed-Recipients: a@b.example',
    'List-Unsubscribe: <mailto:u@shop.example>',
    'List-Id: shop news <news.shop.example>',
    'Precedence: list',
    `${loopHeader}: ${loopValue('repair.example')}`,
  ])('%s makes it a machine', async (line) => {
    expect(await withHeader(line)).toBe('machine')
  })

  test.each([
    'Auto-Submitted: no',
    'Auto-Submitted: No (a person)',
    'Auto-Submitted:',
    'Precedence: first-class',
    'X-Auto-Response-Suppress: None',
    'X-Auto-Response-Suppress: OOF',
    'X-Priority: 1',
    `${loopHeader}: of-another-desk`,
  ])('%s leaves it a person', async (line) => {
    expect(await withHeader(line)).toBe('person')
  })

  test.each(['X-Auto-Response-Suppress: All', 'X-Auto-Response-Suppress: OOF, AutoReply', 'x-auto-response-suppress: DR;AUTOREPLY'])(
    '%s makes it a person who wants no automatic answer',
    async (line) => {
      expect(await withHeader(line)).toBe('person_no_reply')
    },
  )

  test.each([
    'Automatic reply: Washing machine',
    'Auto-Reply',
    'Out of Office: Anna',
    'Automatische Antwort: Waschmaschine',
    'Abwesenheitsnotiz',
    'Risposta automatica: Lavatrice',
    'Respuesta automática: Lavadora',
    'Automatisch antwoord: Wasmachine',
    'Автоответ: стиральная машина',
    '自動回覆: 洗衣機',
    'Undeliverable: Your ticket',
    'Undelivered Mail Returned to Sender',
    'failure notice',
    '系统退信',
  ])('the subject "%s" is a machine’s', async (subject) => {
    expect(await withSubject(subject)).toBe('machine')
  })

  test.each([
    'Re: Automatic reply: Washing machine',
    'Automatic reply function of the phone is broken',
    'Out of office printer jams',
    'Undeliverable parcels',
    '自动回复功能坏了',
    'Delivery failure of the oven',
    'auto: engine',
  ])('the subject "%s" is a person’s', async (subject) => {
    expect(await withSubject(subject)).toBe('person')
  })

  test.each([
    'MAILER-DAEMON@mx.example',
    'postmaster@mx.example',
    'noreply@shop.example',
    'jira-no-reply@shop.example',
    'do_not_reply@shop.example',
    'bounces+77@shop.example',
    'support@repair.example',
    'Support+abc@Repair.Example',
    'repairs@repair.example',
  ])('%s is a machine', async (address) => {
    expect(await withSender(address)).toBe('machine')
  })

  test.each(['norep.lyman@shop.example', 'bouncer@club.example', 'info@shop.example', 'support@shop.example', 'nora.reply@shop.example'])(
    '%s is a person',
    async (address) => {
      expect(await withSender(address)).toBe('person')
    },
  )

  test('the null sender of the envelope makes it a machine', async () => {
    expect((await readMessage(await mailPayload('gmail-new'), { from: '', to: ['support@repair.example'] })).author).toBe('machine')
  })

  test('a person who answers us through a mailing list stays a person, and gets no automatic answer', async () => {
    expect(await withHeader(`Precedence: list\r\nIn-Reply-To: <${ourId}>`)).toBe('person_no_reply')
    expect(await withHeader('List-Id: <team.customer.example>\r\nX-Original-To: support+token@repair.example')).toBe('person_no_reply')
  })

  test('an absence note that refers to our mail stays a machine', async () => {
    expect(await withHeader(`Precedence: bulk\r\nIn-Reply-To: <${ourId}>`)).toBe('machine')
  })

  test('our own mail come back is a machine whatever else it says', async () => {
    expect(loopValue(own.domain)).not.toContain('repair')
    expect(await withHeader(`${loopHeader}: ${loopValue(own.domain)}\r\nAuto-Submitted: no`)).toBe('machine')
  })
})
