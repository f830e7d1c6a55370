// The alarm of the clocks through the whole: it rings on time, after an outage, and not for what was met meanwhile.
import { afterEach, describe, expect, it } from 'vitest'
import { timestamp } from '../../src/clock.ts'
import { movableClock } from '../support/clock.ts'
import { createFolder, createProvider, live, newMessage, type Life } from '../support/life.ts'
import { eventually } from '../support/processes.ts'

const cleanups: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

const hour = 3_600_000
const yaml = 'sla: [{ priority: normal, respond: 1h, restore: 20h, resolve: 40h }]\n'

async function desk() {
  const folder = createFolder()
  const clock = movableClock()
  cleanups.push(folder.remove)
  const start = async (): Promise<Life> => {
    const life = await live({ folder: folder.path, provider: createProvider(), clock, yaml })
    cleanups.push(() => life.close())
    return life
  }
  return { clock, start }
}

async function report(life: Life): Promise<string> {
  await life.accept({ kind: 'message', message: newMessage('It leaks', 'a') })
  return eventually(async () => (await life.core.collections.tickets.find({}))[0]?._id, 'a ticket')
}
const said = async (life: Life, number: string) =>
  (await life.core.journal.entries('ticket', number)).flatMap(({ events }) => events.filter(({ type }) => type.startsWith('sla.')))
const tasks = (life: Life) => life.core.collections.tasks.find({ kind: 'sla' })
const api = (life: Life, path: string, body: unknown) =>
  fetch(`http://127.0.0.1:${life.port}/api/v1${path}`, { headers: { authorization: 'Bearer test-key-0123456789' }, method: 'POST', body: JSON.stringify(body) })

describe('the alarm of the clocks', () => {
  it('warns at three quarters, tells of the breach, and makes one task of both where no face warns', async () => {
    const { clock, start } = await desk()
    const life = await start()
    const number = await report(life)
    const created = Date.parse((await life.core.collections.tickets.get(number))?.createdAt ?? '')
    clock.move(0.8 * hour)
    await eventually(async () => ((await said(life, number)).length === 1 ? true : undefined), 'the warning')
    clock.move(0.3 * hour)
    await eventually(async () => ((await said(life, number)).length === 2 ? true : undefined), 'the breach')
    const due = timestamp(created + hour)
    expect(await said(life, number)).toEqual([
      { type: 'sla.warning', clock: 'respond', at: timestamp(created + 0.75 * hour), due },
      { type: 'sla.breached', clock: 'respond', at: due, due },
    ])
    await eventually(async () => ((await tasks(life)).length === 1 ? true : undefined), 'a task')
  })

  it('tells after an outage of what happened in it, in order, and once', async () => {
    const { clock, start } = await desk()
    const before = await start()
    const number = await report(before)
    await before.close()
    cleanups.splice(1)
    clock.move(21 * hour)
    const life = await start()
    await eventually(async () => ((await said(life, number)).length === 4 ? true : undefined), 'all of it')
    expect((await said(life, number)).map((event) => ('clock' in event ? `${event.type} ${event.clock}` : ''))).toEqual([
      'sla.warning respond',
      'sla.breached respond',
      'sla.warning restore',
      'sla.breached restore',
    ])
  })

  it('is silent about what was met: by the words of an agent, by an assignment', async () => {
    for (const act of [
      { path: 'messages', body: { text: 'We are on it.' } },
      { path: 'assign', body: { assignee: 'kim' } },
    ]) {
      const { clock, start } = await desk()
      const life = await start()
      const number = await report(life)
      await api(life, `/tickets/${number}/${act.path}`, act.body)
      await eventually(async () => (await life.core.collections.tickets.get(number))?.sla.respondedAt ?? undefined, 'the response')
      clock.move(2 * hour)
      const next = await life.core.collections.due.get(`sla/${number}`)
      expect(next).toMatchObject({ state: 'waiting', alarm: { kind: 'sla', ticket: number } })
      expect(Date.parse(next?.at ?? '')).toBeGreaterThan(life.core.clock.now())
      expect(await said(life, number)).toEqual([])
    }
  })

  it('is put away when the ticket is over, and set again when it is reopened', async () => {
    const { start } = await desk()
    const life = await start()
    const number = await report(life)
    const state = async () => (await life.core.collections.due.get(`sla/${number}`))?.state
    await api(life, `/tickets/${number}/status`, { status: 'resolved' })
    await eventually(async () => ((await state()) === 'done' ? true : undefined), 'no alarm')
    await api(life, `/tickets/${number}/status`, { status: 'in_progress' })
    await eventually(async () => ((await state()) === 'waiting' ? true : undefined), 'an alarm again')
  })
})
