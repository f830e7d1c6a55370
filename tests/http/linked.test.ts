// The pages behind a link: looking decides nothing, a form decides once, and what customers wrote is text on them. In a real browser too.
import { chromium, type Browser } from 'playwright-core'
import { afterAll, describe, expect, it } from 'vitest'
import { browserFlags, programs, without } from '../support/browser.ts'
import { eventually } from '../support/processes.ts'
import { begin, post, quote, survey, type Desk } from './linked-desk.ts'

const answerOf = async ({ life }: Desk, id: string) => life.core.collections.surveys.get(id)
const decisionOf = async ({ life }: Desk, id: string) => (await life.core.collections.quotes.get(id))?.versions.at(-1)
const tasks = async ({ life }: Desk, kind: string) => (await life.core.collections.tasks.find({})).filter((task) => task.kind === kind)

describe('the page of a survey', () => {
  it('is looked at without an answer, takes one by its form, and another one instead', async () => {
    const desk = await begin()
    const { id, link } = await survey(desk)
    for (let look = 0; look < 3; look++) expect((await fetch(link)).status).toBe(200)
    expect(await answerOf(desk, id)).toMatchObject({ state: 'requested', score: null })
    expect((await post(link, { score: '4', comment: ' quick ' })).status).toBe(303)
    expect(await answerOf(desk, id)).toMatchObject({ state: 'responded', score: 4, comment: 'quick', about: { channel: 'page', agent: null, parts: [] } })
    expect(await (await fetch(link)).text()).toContain('Thank you for your answer!')
    const { n } = (await answerOf(desk, id)) ?? { n: 0 }
    await Promise.all([post(link, { score: '4', comment: 'quick' }), post(link, { score: '4', comment: 'quick' })])
    expect(await answerOf(desk, id)).toMatchObject({ n })
    await post(link, { score: '2', comment: '' })
    expect(await answerOf(desk, id)).toMatchObject({ score: 2 })
    await eventually(async () => ((await tasks(desk, 'low_score')).length === 1 ? true : undefined), 'a task')
    await post(link, { score: '1', comment: '' })
    await eventually(async () => ((await desk.life.core.collections.tickets.get(desk.number))?.satisfaction?.score === 1 ? true : undefined), 'the rating')
    expect(await tasks(desk, 'low_score')).toHaveLength(1)
  })

  it.each<Record<string, string>>([{}, { score: '0' }, { score: '6' }, { score: '3.5' }, { score: 'five' }])(
    'takes nothing from the form %j, and says what to choose',
    async (fields) => {
      const desk = await begin()
      const { id, link } = await survey(desk)
      const answer = await post(link, fields)
      expect(answer.status).toBe(422)
      expect(await answer.text()).toContain('Please choose a number from 1 to 5.')
      expect(await answerOf(desk, id)).toMatchObject({ state: 'requested' })
    },
  )

  it('says so honestly when the time is over, and records nothing', async () => {
    const desk = await begin({ yaml: 'survey:\n  expiresAfter: 1s\n' })
    const { id, link } = await survey(desk)
    await eventually(async () => ((await fetch(link)).status === 410 ? true : undefined), 'the end')
    const answer = await post(link, { score: '5' })
    expect(answer.status).toBe(410)
    expect(await answer.text()).toContain('Nothing was recorded now')
    expect(await answerOf(desk, id)).toMatchObject({ score: null })
  })
})

describe('the page of a quote', () => {
  it('shows every line and the total, and decides by a button only, once', async () => {
    const desk = await begin()
    const { id, link } = await quote(desk)
    const shown = await (await fetch(link)).text()
    for (const part of ['€91.00', 'Labour', '€181.00', 'Takes a week.']) expect(shown).toContain(part)
    expect(await decisionOf(desk, id)).toMatchObject({ state: 'sent' })
    expect((await post(link, { decision: 'maybe' })).status).toBe(422)
    const all = await Promise.all([post(link, { decision: 'approved' }), post(link, { decision: 'approved' }), post(link, { decision: 'declined' })])
    expect(all.map(({ status }) => status)).toEqual([303, 303, 303])
    const { state, evidence } = (await decisionOf(desk, id)) ?? {}
    expect(['approved', 'declined']).toContain(state)
    expect(evidence).toMatchObject({ where: 'page', address: expect.stringContaining('127.0.0.1'), by: { kind: 'customer' } })
    expect(await (await fetch(link)).text()).toContain(state === 'approved' ? 'You have agreed to this offer' : 'You have declined this offer')
  })

  it('brings words that came with a yes to a person', async () => {
    const desk = await begin()
    const { id, link } = await quote(desk)
    await post(link, { decision: 'approved', comment: 'Please come after six' })
    expect(await decisionOf(desk, id)).toMatchObject({ evidence: { text: 'Go ahead with the repair\nPlease come after six' } })
    await eventually(async () => ((await tasks(desk, 'quote')).length === 1 ? true : undefined), 'a task')
  })
})

describe('a link', () => {
  it('changed on the way, or of another page, is nobody’s', async () => {
    const desk = await begin()
    const { link } = await quote(desk)
    const { link: other } = await survey(desk)
    const token = link.slice(link.lastIndexOf('/') + 1)
    for (const wrong of [
      link.replace('.1.', '.2.'),
      link.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
      `${desk.url}/survey/${token}`,
      `${desk.url}/quote/x`,
      `${other}0`,
    ]) {
      for (const answer of [await fetch(wrong), await post(wrong, { decision: 'approved', score: '5' })]) {
        expect(answer.status, wrong).toBe(404)
        expect(await answer.text()).toContain('This link does not work')
      }
    }
  })

  it('leads to a page without scripts, kept by nobody, whose text is only text', async () => {
    const desk = await begin()
    for (const { link } of [await quote(desk), await survey(desk)]) {
      const answer = await fetch(link)
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
      const page = await answer.text()
      expect(page).not.toContain('<script')
      expect(page).toContain('&#60;script&#62;')
    }
  })

  it('leads to a page in the language of its customer', async () => {
    const desk = await begin({ language: 'zh' })
    const page = await (await fetch((await quote(desk)).link)).text()
    expect(page).toContain('lang="zh-Hans"')
    expect(page).toContain('我们的报价')
  })
})

describe.skipIf(without('browser'))('in a browser', () => {
  let browser: Browser | undefined
  afterAll(() => browser?.close())

  it('a survey and a quote are answered by keyboard on a phone, with nothing wider than the screen and nothing asked of other sites', async () => {
    const desk = await begin()
    browser = await chromium.launch({ executablePath: programs.browser.path, args: browserFlags })
    const context = await browser.newContext({ viewport: { width: 360, height: 700 }, colorScheme: 'dark' })
    const page = await context.newPage()
    const asked: string[] = []
    const complaints: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    const offer = await quote(desk)
    await page.goto(offer.link)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
    await page.getByRole('button', { name: 'Go ahead with the repair' }).press('Enter')
    await page.getByRole('status').waitFor()
    expect(await page.getByRole('status').innerText()).toContain('You have agreed')
    const { link, id } = await survey(desk)
    await page.goto(link)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
    await page.getByRole('radio', { name: '5 Very happy' }).focus()
    await page.keyboard.press('Space')
    await page.getByLabel('Would you like to add something?').fill('Thanks, Eli!')
    await page.getByRole('button', { name: 'Send' }).press('Enter')
    await page.getByRole('status').waitFor()
    expect(await answerOf(desk, id)).toMatchObject({ score: 5, comment: 'Thanks, Eli!' })
    expect(asked.filter((address) => !address.startsWith(desk.url) && !address.startsWith('data:'))).toEqual([])
    expect(complaints).toEqual([])
  }, 60_000)
})
