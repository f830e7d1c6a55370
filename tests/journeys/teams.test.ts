// A whole repair in Teams, from first word to survey answer, against the started program: an emulated Microsoft outside, the token check on.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startMicrosoft, type Microsoft } from '../emulators/microsoft.ts'
import { teamsUser, type TeamsUser } from '../emulators/microsoft/teams-user.ts'
import { outside } from '../support/outside.ts'
import { eventually, freePort, startMendline, type Running } from '../support/processes.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

const key = 'journey-key-0123456789'
const tickets = z.object({
  data: z.array(z.object({ number: z.string(), status: z.string(), channel: z.string(), satisfaction: z.object({ score: z.number() }).nullable() })),
})
const messages = z.object({ data: z.array(z.object({ direction: z.string(), text: z.string(), attachments: z.array(z.object({ contentType: z.string() })) })) })
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+M8AAAMBAQDJ/pLvAAAAAElFTkSuQmCC', 'base64')

interface Desk {
  url: string
  microsoft: Microsoft
  start(): Promise<Running>
  api(path: string, body?: unknown): Promise<unknown>
}

async function openDesk(settings: (microsoft: Microsoft) => Record<string, string>): Promise<Desk> {
  const folder = mkdtempSync(join(tmpdir(), 'mendline-teams-'))
  const microsoft = await startMicrosoft()
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  writeFileSync(join(folder, 'mendline.yaml'), 'survey:\n  delay: 1s\n')
  cleanups.push(
    () => rmSync(folder, { recursive: true, force: true }),
    () => microsoft.close(),
  )
  return {
    url,
    microsoft,
    async start() {
      const running = await startMendline({
        PORT: String(port),
        SMTP_LISTEN_PORT: 'off',
        DATA_DIR: folder,
        ADMIN_KEY: key,
        SETTINGS_FILE: join(folder, 'mendline.yaml'),
        ...settings(microsoft),
      })
      cleanups.push(() => running.kill())
      return running
    },
    async api(path, body) {
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
      const response = await fetch(`${url}/api/v1${path}`, { headers, ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }) })
      if (!response.ok) throw new Error(`${path} answered ${response.status}`)
      return response.json()
    },
  }
}

const registered = ({ appId, appPassword, openIdUrl, loginUrl }: Microsoft) => ({
  MICROSOFT_APP_ID: appId,
  MICROSOFT_APP_PASSWORD: appPassword,
  MICROSOFT_OPENID_URL: openIdUrl,
  MICROSOFT_LOGIN_URL: loginUrl,
})

/** Does it and waits for the next words of the bot. */
async function answer(user: TeamsUser, act: () => Promise<void>): Promise<string> {
  const before = user.received().length
  await act()
  return eventually(async () => (user.received().length > before ? user.received().at(-1)?.activity.text : undefined), 'an answer in Teams')
}

const report =
  'Hi, our T5 treadmill (SN KP-20391) stops after ten minutes with E03 since Monday, we are at 12 Elm St, call me on 415 555 0100, Thursday afternoon suits. Ann Lee'

describe('a repair in Teams', () => {
  it('goes from the first word to the survey, news and questions coming by themselves, through a restart', async () => {
    const desk = await openDesk(registered)
    const first = await desk.start()
    const all = async () => tickets.parse(await desk.api('/tickets')).data
    const ann = teamsUser(desk.microsoft, desk.url, 'Ann Lee')

    await answer(ann, () => ann.paste(report, png, 'image/png'))
    const [ticket] = await all()
    expect(ticket).toMatchObject({ status: 'new', channel: 'botframework' })
    if (ticket === undefined) throw new Error('no ticket')
    while (ann.buttons().includes('Skip')) await answer(ann, () => ann.press('Skip'))
    expect(ann.received().at(-1)?.activity.text).toContain('12 Elm St')
    await answer(ann, () => ann.press(ann.buttons()[0] ?? 'no button'))
    await eventually(async () => ((await all())[0]?.status === 'accepted' ? true : undefined), 'acceptance')
    const said = messages.parse(await desk.api(`/tickets/${ticket.number}/messages`)).data
    expect(said.flatMap(({ attachments }) => attachments)).toMatchObject([{ contentType: 'image/png' }])

    // The way back to the customer is stored: a new process needs no word of theirs to find it.
    await first.kill()
    await desk.start()
    const news = await answer(ann, async () => void (await desk.api(`/tickets/${ticket.number}/status`, { status: 'in_progress' })))
    expect(news).toContain(ticket.number)
    const before = ann.received().length
    await desk.api(`/tickets/${ticket.number}/status`, { status: 'resolved', comment: 'New drive belt fitted.' })
    await eventually(async () => (ann.received().length >= before + 2 && ann.buttons().length > 0 ? true : undefined), 'news and survey')
    expect(ann.received().some(({ activity }) => activity.text?.includes('New drive belt fitted.'))).toBe(true)
    await answer(ann, () => ann.press('Very happy'))
    await eventually(async () => ((await all())[0]?.satisfaction?.score === 5 ? true : undefined), 'the rating')
    expect(await all()).toHaveLength(1)
    expect(ann.received().every(({ activity }) => activity.textFormat === 'plain')).toBe(true)
  }, 180_000)

  it('is of one customer only: another one in Teams hears nothing of it', async () => {
    const desk = await openDesk(registered)
    await desk.start()
    const [ann, bo] = [teamsUser(desk.microsoft, desk.url, 'Ann Lee'), teamsUser(desk.microsoft, desk.url, 'Bo Ray')]
    await answer(ann, () => ann.say(report))
    const [ticket] = tickets.parse(await desk.api('/tickets')).data
    const status = await answer(bo, () => bo.say(`what is the status of ${ticket?.number}?`))
    expect(status).not.toContain('treadmill')
    expect(bo.received().some(({ activity }) => activity.text?.includes('Elm St'))).toBe(false)
  }, 120_000)

  it('is sent later when Teams asks to wait, and once', async () => {
    const desk = await openDesk(registered)
    await desk.start()
    const ann = teamsUser(desk.microsoft, desk.url, 'Ann Lee')
    desk.microsoft.answerNext({ status: 429, headers: { 'retry-after': '1' } })
    const hello = await answer(ann, () => ann.say('hello'))
    expect(ann.received().filter(({ activity }) => activity.text === hello)).toHaveLength(1)
    expect(desk.microsoft.calls()).toBe(2)
  }, 120_000)
})

describe('POST /api/messages', () => {
  it('is not there without an app, since an adapter without credentials would take everybody at their word', async () => {
    const desk = await openDesk(() => ({}))
    await desk.start()
    const user = teamsUser(desk.microsoft, desk.url, 'Ann Lee')
    await expect(user.say('hello')).rejects.toThrow('404')
  }, 120_000)

  it('writes nothing for a stranger, and what Microsoft repeats only once', async () => {
    const desk = await openDesk(registered)
    await desk.start()
    const activity = {
      type: 'message',
      id: '1',
      channelId: 'msteams',
      serviceUrl: desk.microsoft.serviceUrl,
      from: { id: '29:x' },
      recipient: { id: '28:y' },
      conversation: { id: 'a:1' },
      text: 'hello',
    }
    for (const token of [null, 'a.b.c', await desk.microsoft.issuers.fromService(desk.microsoft.serviceUrl, { forged: true })])
      expect((await desk.microsoft.post(desk.url, activity, token)).status).toBe(401)
    const { metric } = outside(desk.url, key)
    expect(await metric('mendline_inputs_total', { channel: 'botframework' })).toBe(0)
    const repeated = await Promise.all([1, 2, 3].map(() => desk.microsoft.post(desk.url, activity)))
    expect(repeated.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(await metric('mendline_inputs_total', { channel: 'botframework', outcome: 'stored' })).toBe(1)
  }, 120_000)
})
