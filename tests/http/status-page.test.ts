// The page of a repair behind its link: shows how it stands and changes nothing; what is written there is heard once; private details want a code.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { flows } from '../../flows/index.ts'
import { createBot } from '../../src/bot/index.ts'
import { movableClock } from '../support/clock.ts'
import { linkTo } from '../../src/links.ts'
import { oneTimeCode } from '../../src/customers/index.ts'
import { newMessage } from '../support/life.ts'
import { eventually } from '../support/processes.ts'
import { begin, injection, post, quote, texts, type Desk } from './linked-desk.ts'

const bot = createBot({ texts, flows })
const jpeg = readFileSync(join(import.meta.dirname, '../labels/photos/qr-link.jpg'))

const linkOf = ({ life, number, here }: Desk, of = number) => here(linkTo(life.core, 'status', of))
const look = async (link: string, cookie = '') => {
  const answer = await fetch(link, { headers: { cookie } })
  return { status: answer.status, page: await answer.text(), headers: answer.headers }
}
const formOf = (page: string): string => /name="form" value="([^"]+)"/.exec(page)?.[1] ?? ''
const heardOnPage = ({ life }: Desk) => life.core.collections.messages.find({ onPage: true })
/** All that was ever decided. */
const entries = ({ life }: Desk) => life.core.collections.entries.count({})
const quiet = (desk: Desk) =>
  eventually(
    async () =>
      (await desk.life.core.collections.messages.count({ direction: 'outbound', state: 'queued' })) === 0 && desk.provider.sent.length > 0 ? true : undefined,
    'the acknowledgement',
  )

/** A mail of the same customer about her ticket. */
async function writes(desk: Desk, text: string, attachments: Parameters<typeof newMessage>[3] = {}) {
  const accepted = await desk.life.core.door.accept({
    kind: 'message',
    message: newMessage(text, `mail ${text}`, 'ann@example.org', { hints: { tokens: [], references: [], numbers: [desk.number], own: null }, ...attachments }),
  })
  const id = 'messageId' in accepted ? accepted.messageId : ''
  return eventually(async () => {
    const message = await desk.life.core.collections.messages.get(id)
    return message?.state === 'handled' ? message : undefined
  }, 'its turn')
}

describe('the link to the page of a repair', () => {
  it('comes with the first words by mail', async () => {
    const desk = await begin({ bot, abilities: { questions: 'all_at_once' } })
    const [first] = await eventually(async () => (desk.provider.sent.length > 0 ? desk.provider.sent : undefined), 'the acknowledgement')
    expect(first?.text).toContain(`Your repair online: ${linkTo(desk.life.core, 'status', desk.number)}`)
    expect(first?.utterances[0]?.with['link']).toBe(linkTo(desk.life.core, 'status', desk.number))
  })

  it('comes in a text message only when the repair is accepted, and is short', async () => {
    const desk = await begin({ bot })
    await quiet(desk)
    expect(desk.provider.sent[0]?.text).not.toContain('/s/')
    await desk.api.post(`/tickets/${desk.number}/status`, { status: 'accepted' })
    const told = await eventually(async () => desk.provider.sent.find(({ text }) => text.includes('/s/')), 'the news')
    expect(told.text).toContain('is accepted.')
    expect(new URL(linkTo(desk.life.core, 'status', desk.number)).pathname.length).toBeLessThan(50)
  })

  it('cut off, made up or of another page is nobody’s; long after the end it says so', async () => {
    const clock = movableClock()
    const desk = await begin({ bot, clock })
    const link = linkOf(desk)
    for (const wrong of [link.slice(0, -1), link.replace(desk.number, 'R-0000000'), link.replace('/s/', '/quote/'), `${link}/photos/x`]) {
      expect((await look(wrong)).status, wrong).toBe(404)
      expect((await post(wrong.replace(/\/photos.*/, 'x'), { act: 'say', message: 'hello' })).status).toBe(404)
    }
    await desk.api.post(`/tickets/${desk.number}/status`, { status: 'resolved' })
    await desk.api.post(`/tickets/${desk.number}/status`, { status: 'closed' })
    expect((await look(link)).status).toBe(200)
    clock.move(181 * 86_400_000)
    const { status, page } = await look(link)
    expect(status).toBe(410)
    expect(page).toContain('was over long ago')
    expect(page).not.toContain('&#60;script')
  })
})

describe('the page of a repair', () => {
  it('says how it stands and what comes next, in both languages, and looking changes nothing', async () => {
    const desk = await begin({ bot, serial: 'WM-88413072' })
    await quiet(desk)
    const link = linkOf(desk)
    const before = await entries(desk)
    const { page, headers } = await look(link)
    for (const part of ['We have your request', 'Next we look at it', 'T5 washer', 'aria-current="step">Acceptance', '&#60;script&#62;'])
      expect(page).toContain(part)
    expect(page).not.toContain('<script')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect((await look(`${link}?lang=zh`)).page).toContain('我们已收到您的报修')
    expect((await look(`${link}?lang=xx`)).page).toContain('We have your request')
    expect(await entries(desk)).toBe(before)
    await desk.api.post(`/tickets/${desk.number}/status`, { status: 'accepted' })
    await desk.api.post(`/tickets/${desk.number}/notes`, { text: 'a difficult customer' })
    expect((await look(link)).page).toContain('Your repair is accepted')
    const { id } = await quote(desk)
    const later = (await look(link)).page
    expect(later).toContain('Our offer waits for your answer')
    expect(later).toContain(`href="/quote/${id}.1.`)
    expect(later).not.toContain('difficult')
  })

  it('takes a message once per form, gives it one turn, and shows it with the answer', async () => {
    const desk = await begin({ bot })
    await quiet(desk)
    const link = linkOf(desk)
    const form = formOf((await look(link)).page)
    const words = { act: 'say', form, message: 'Where is my repair?' }
    const posted = await Promise.all([post(link, words), post(link, words), post(link, words)])
    expect(posted.map(({ status }) => status)).toEqual([303, 303, 303])
    expect((await look(desk.here(new URL(posted[0]?.headers.get('location') ?? '', link).href))).page).toContain('Thank you, we have your message')
    const answers = await eventually(async () => {
      const found = desk.provider.sent.filter(({ cause }) => cause === 'answer')
      return found.length > 0 ? found : undefined
    }, 'an answer')
    expect(answers).toHaveLength(1)
    const [heard, ...more] = await heardOnPage(desk)
    expect(more).toEqual([])
    expect(heard).toMatchObject({ channel: 'email', text: words.message, state: 'handled', ticket: desk.number, conversation: answers[0]?.conversation })
    const { page } = await look(link)
    expect(page).toContain(words.message)
    expect(page).toContain('has reached us and waits to be accepted')
    await post(link, { ...words, message: 'And one more thing' })
    expect(await heardOnPage(desk)).toHaveLength(2)
  })

  it.each([
    [{ message: '  ' }, 'Please write something first.'],
    [{ message: 'my words', form: 'made.up' }, 'my words</textarea>'],
  ])('takes nothing from the form %j, and keeps what was written', async (fields, shown) => {
    const desk = await begin({ bot })
    const answer = await post(linkOf(desk), { act: 'say', ...fields })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain(shown)
    expect(await heardOnPage(desk)).toEqual([])
  })

  it('shows photos by a link that is signed and short, and only what is a photo by its bytes', async () => {
    const clock = movableClock()
    const desk = await begin({ bot, clock })
    await quiet(desk)
    const kept = await desk.life.core.keep(jpeg, { name: 'label.jpg', contentType: 'image/jpeg' })
    const lie = await desk.life.core.keep(new TextEncoder().encode('<html><script>alert(1)</script></html>'), { name: 'x.png', contentType: 'image/png' })
    await writes(desk, 'Here are photos', { attachments: [kept, lie] })
    const { page } = await look(linkOf(desk))
    const paths = [...page.matchAll(/<img src="([^"]+)"/g)].map(([, path = '']) => path)
    expect(paths).toHaveLength(1)
    const photo = `${desk.url}${paths[0]}`
    const answer = await fetch(photo)
    expect(answer.headers.get('content-type')).toBe('image/jpeg')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(1000)
    expect((await fetch(photo.replace(kept.file, lie.file))).status).toBe(404)
    expect((await fetch(`${photo.slice(0, -1)}${photo.endsWith('0') ? '1' : '0'}`)).status).toBe(404)
    clock.move(16 * 60_000)
    expect((await fetch(photo)).status).toBe(404)
  })
})

describe('private details', () => {
  const secret = { phone: '+4915112345678', serial: 'WM-88413072' }

  async function withSecrets(options = {}) {
    const desk = await begin({ bot, ...secret, ...options })
    await quiet(desk)
    await writes(desk, 'Call me on 0151 123 456 78, the serial is wm-88413072, or write to ann@example.org')
    return { desk, link: linkOf(desk) }
  }
  const codeIn = (desk: Desk) =>
    eventually(async () => desk.provider.sent.findLast(({ oneTimeCode: code }) => code !== undefined)?.text.match(/\d{6}/)?.[0], 'the code')

  it('are hidden wherever they stand until the code is typed, and shown to this browser for half an hour', async () => {
    const clock = movableClock()
    const { desk, link } = await withSecrets({ clock })
    const { page } = await look(link)
    for (const part of [secret.phone, '88413072', '123 456', 'ann@example.org']) expect(page).not.toContain(part)
    expect(page).toContain('•••3072')
    expect(page).toContain('a•••@example.org')

    expect((await post(link, { act: 'code', form: formOf(page) })).status).toBe(303)
    const code = await codeIn(desk)
    const asking = (await look(link)).page
    const wrong = await post(link, { act: 'open', form: formOf(asking), code: code === '111111' ? '222222' : '111111' })
    expect(wrong.status).toBe(422)
    expect(wrong.headers.get('set-cookie')).toBeNull()
    const right = await post(link, { act: 'open', form: formOf(await wrong.text()), code: ` ${code.slice(0, 3)} ${code.slice(3)}` })
    expect(right.status).toBe(303)
    const cookie = right.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(new RegExp(`Path=${new URL(link).pathname}; Max-Age=1800; HttpOnly; SameSite=Lax$`))
    const [value = ''] = cookie.split(';')
    const open = (await look(link, value)).page
    for (const part of [secret.phone, secret.serial, '0151 123 456 78']) expect(open).toContain(part)
    expect((await look(link)).page).not.toContain(secret.phone)
    expect(
      (
        await look(
          link,
          value.replace(/\d+\./, (until) => `${Number(until.slice(0, -1)) + 9}.`),
        )
      ).page,
    ).not.toContain(secret.phone)
    clock.move(31 * 60_000)
    expect((await look(link, value)).page).not.toContain(secret.phone)
  })

  it('take five tries at a code and no more, and no code of another ticket', async () => {
    const { desk, link } = await withSecrets()
    await post(link, { act: 'code', form: formOf((await look(link)).page) })
    const code = await codeIn(desk)
    const other = String((Number(code) + 1) % 1_000_000).padStart(6, '0')
    for (let attempt = 0; attempt < 5; attempt++)
      expect((await post(link, { act: 'open', form: formOf((await look(link)).page), code: other })).status).toBe(422)
    const late = await post(link, { act: 'open', form: formOf((await look(link)).page), code })
    expect(late.status).toBe(410)
    expect(late.headers.get('set-cookie')).toBeNull()
    expect(oneTimeCode(desk.life.core.sign, 'page_R-0000000', 1)).not.toBe(code)
  })

  it('have three codes an hour sent, each once per press, and say so at the fourth', async () => {
    const { desk, link } = await withSecrets()
    for (let code = 1; code <= 3; code++) {
      const press = { act: 'code', form: formOf((await look(link)).page) }
      expect([await post(link, press), await post(link, press)].map(({ status }) => status)).toEqual([303, 303])
    }
    const fourth = await post(link, { act: 'code', form: formOf((await look(link)).page) })
    expect(fourth.status).toBe(429)
    expect(await fourth.text()).toContain('Too many codes')
    await eventually(async () => (desk.provider.sent.filter(({ oneTimeCode: code }) => code !== undefined).length === 3 ? true : undefined), 'three codes')
  })
})

describe('of two tickets that are one', () => {
  it('each link shows the surviving one, and nobody what another customer said of themselves', async () => {
    const desk = await begin({ bot, phone: '+4915112345678' })
    const opened = await desk.api.post('/tickets', {
      subject: 'Same washer',
      description: 'from Bob alone',
      customer: { name: 'Bob', email: 'bob@example.org', phone: '+4917000000001' },
    })
    const { number: bobs } = (await opened.json()) as { number: string }
    await eventually(async () => (desk.provider.sent.length >= 2 ? true : undefined), 'both acknowledgements')
    const bob = linkOf(desk, bobs)
    await post(bob, { act: 'say', form: formOf((await look(bob)).page), message: 'Bob says where is my repair' })
    expect((await desk.api.post(`/tickets/${bobs}/merge`, { into: desk.number })).status).toBeLessThan(300)
    const [one, other] = [(await look(bob)).page, (await look(linkOf(desk))).page]
    expect(one).toContain(`Your request ${bobs} is the same matter as ${desk.number}`)
    expect(one).toContain('Bob says where')
    expect(one).toContain('b•••@example.org')
    expect(one).not.toContain('a•••@example.org')
    expect(other).not.toContain('Bob')
    expect(other).not.toContain('b•••@')
    expect(other).toContain('&#60;script&#62;')
    expect(injection).toContain('<script>')
  })
})
