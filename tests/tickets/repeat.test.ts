// A repair that did not last: the next ticket of the same asset with the same trouble names it, and it was no first-time fix.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { apiOf, type Api } from '../support/api.ts'
import { createFolder, createProvider, live, type Life } from '../support/life.ts'
import { eventually } from '../support/processes.ts'

const ticket = z.looseObject({ number: z.string(), repeats: z.string().nullable(), repeatedBy: z.string().nullable(), firstTimeFix: z.boolean().nullable() })
const day = 86_400_000

let life: Life
let api: Api
let now = Date.parse('2026-03-02T09:00:00.000Z')
let cleanup: () => Promise<void>
beforeAll(async () => {
  const folder = createFolder()
  life = await live({ folder: folder.path, provider: createProvider(), clock: { now: () => now++ }, yaml: 'closeAfter: 300d' })
  api = apiOf(() => `http://127.0.0.1:${life.port}`, 'test-key-0123456789')
  cleanup = async () => {
    await life.close()
    folder.remove()
  }
})
afterAll(() => cleanup())

async function open(serial: string, description: string): Promise<string> {
  const response = await api.post('/tickets', { subject: description, description, customer: { name: 'Ann Lee' }, asset: { serial } })
  return ticket.parse(await response.json()).number
}

async function resolve(number: string, component = 'seal', problem = 'leaks'): Promise<void> {
  const failure = { component: { code: component }, problem: { code: problem }, cause: { code: 'wear' }, remedy: { code: 'part replaced' } }
  expect((await api.post(`/tickets/${number}/resolve`, { failure })).status).toBe(200)
}

/** As it is once all alarms have rung. */
async function settled(number: string): Promise<z.infer<typeof ticket>> {
  await eventually(async () => {
    const waiting = await life.core.collections.due.count({ state: 'waiting', notBefore: { $lte: new Date(now).toISOString() } })
    return waiting + (await life.core.journal.unfinished('9', 10)).length === 0 ? true : undefined
  }, 'all to be done')
  return api.read(`/tickets/${number}`, ticket)
}

describe('a repair', () => {
  it('of the same asset with like trouble within the time is a repeat: both know, and the first was no first-time fix', async () => {
    const first = await open('KP-1', 'Water leaks from the bottom')
    await resolve(first)
    expect(await settled(first)).toMatchObject({ firstTimeFix: true, repeatedBy: null })
    now += 20 * day
    const second = await open('kp 1', 'It is dripping water again')
    expect(await settled(second)).toMatchObject({ repeats: first, firstTimeFix: null })
    expect(await settled(first)).toMatchObject({ repeatedBy: second, firstTimeFix: false })
  })

  it('is none of another asset, of other trouble, or too late', async () => {
    const first = await open('KP-10', 'Water leaks from the bottom')
    await resolve(first)
    now += day
    for (const [serial, description] of [
      ['KP-11', 'Water leaks from the bottom'],
      ['KP-10', 'The display shows nothing at all'],
    ] as const)
      expect((await settled(await open(serial, description))).repeats, description).toBeNull()
    now += 31 * day
    expect((await settled(await open('KP-10', 'Water leaks from the bottom'))).repeats).toBeNull()
    expect(await settled(first)).toMatchObject({ firstTimeFix: true })
  })

  it('that found the same at last is one, whatever the customer said', async () => {
    const first = await open('KP-20', 'Something smells')
    await resolve(first, 'motor', 'overheats')
    now += day
    const second = await open('KP-20', 'Nothing happens when I press start')
    expect((await settled(second)).repeats).toBeNull()
    await resolve(second, 'motor', 'overheats')
    expect((await settled(second)).repeats).toBe(first)
  })

  it('that was taken up again is no first-time fix either', async () => {
    const number = await open('KP-30', 'It hums')
    await resolve(number)
    await api.post(`/tickets/${number}/status`, { status: 'in_progress' })
    await resolve(number)
    expect(await settled(number)).toMatchObject({ firstTimeFix: false, repeatedBy: null })
  })
})
