// Trying again from the desk: each item once, however often it is asked for, and the answer says what became of it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { SendError } from '../../src/errors.ts'
import { apiOf, type Api } from '../support/api.ts'
import { createFolder, createProvider, live, newMessage, type Life, type Provider } from '../support/life.ts'
import { eventually } from '../support/processes.ts'

const items = z.object({ data: z.array(z.looseObject({ id: z.string(), message: z.string().nullable().optional() })) })
const problem = z.object({ detail: z.string() })

let life: Life
let provider: Provider
let api: Api
let cleanup: () => Promise<void>
beforeEach(async () => {
  const folder = createFolder()
  provider = createProvider()
  life = await live({ folder: folder.path, provider })
  api = apiOf(() => `http://127.0.0.1:${life.port}`, 'test-key-0123456789')
  cleanup = async () => {
    await life.close()
    folder.remove()
  }
})
afterEach(() => cleanup())

const hear = (text: string, id: string) => life.accept({ kind: 'message', message: newMessage(text, id) })
const firstOf = (path: string) => eventually(async () => (await api.read(path, items)).data[0], `an item in ${path}`)
const five = async (path: string) => Promise.all(Array.from({ length: 5 }, async () => api.post(path)))

describe('an input no machine could read', () => {
  beforeEach(async () => {
    await hear('throw up', 'a')
    await firstOf('/needs-review')
  })

  it('is replayed once of five who ask at the same time, and each hears that it went through', async () => {
    const { id, message } = await firstOf('/needs-review')
    await life.core.collections.messages.update(message ?? '', { $set: { text: 'now it can be read' } })
    for (const response of [...(await five(`/needs-review/${id}/replay`)), await api.post(`/needs-review/${id}/replay`)]) {
      expect(response.status).toBe(200)
      expect(await response.json()).toMatchObject({ task: { id, state: 'done', doneBy: 'admin' }, message: { id: message, state: 'handled' } })
    }
    await eventually(async () => (provider.sent.length > 0 ? true : undefined), 'the answer')
    await hear('and it smells', 'b')
    await eventually(async () => (provider.sent.length > 1 ? true : undefined), 'the next answer')
    expect(provider.sent.map(({ text }) => text)).toEqual(['heard now it can be read', 'heard and it smells'])
    expect((await api.read('/needs-review', items)).data).toEqual([])
  })

  it('that fails again stays where it is, and can be replayed once it is mended', async () => {
    const { id, message } = await firstOf('/needs-review')
    const failed = await api.post(`/needs-review/${id}/replay`)
    expect(failed.status).toBe(409)
    expect(problem.parse(await failed.json()).detail).toContain('failed again')
    expect((await api.read('/needs-review', items)).data).toHaveLength(1)
    await life.core.collections.messages.update(message ?? '', { $set: { text: 'fine' } })
    expect((await api.post(`/needs-review/${id}/replay`)).status).toBe(200)
  })

  it('that is no message says so, and is closed by the person who looked at it', async () => {
    const { id } = await firstOf('/needs-review')
    await life.core.collections.tasks.update(id, { $set: { message: null } })
    const refused = await api.post(`/needs-review/${id}/replay`)
    expect(refused.status).toBe(409)
    expect(problem.parse(await refused.json()).detail).toContain(`/tasks/${id}/done`)
    expect(await (await api.post(`/tasks/${id}/done`)).json()).toMatchObject({ state: 'done', doneBy: 'admin' })
    expect((await api.read('/needs-review', items)).data).toEqual([])
    expect((await api.read('/tasks?state=done', items)).data).toHaveLength(1)
  })

  it('is not there under another id', async () => {
    expect((await api.post('/needs-review/t_1/replay')).status).toBe(404)
    expect((await api.post('/tasks/t_1/done')).status).toBe(404)
  })
})

describe('a message that could not be delivered', () => {
  let refusals = 0
  beforeEach(async () => {
    refusals = 1
    provider.onSend = async () => {
      if (refusals-- > 0) throw new SendError('never', '550 no such mailbox')
    }
    await hear('It leaks', 'a')
    await firstOf('/tasks?kind=undeliverable')
  })

  it('is sent once of five who ask at the same time, and each hears that it was sent', async () => {
    const { id } = await firstOf('/dead-letters')
    for (const response of [...(await five(`/dead-letters/${id}/retry`)), await api.post(`/dead-letters/${id}/retry`)]) {
      expect(response.status).toBe(200)
      expect(await response.json()).toMatchObject({ state: expect.stringMatching(/^(sending|sent)$/), text: 'heard It leaks' })
    }
    expect(provider.sent.map(({ text }) => text)).toEqual(['heard It leaks'])
    expect((await api.read('/dead-letters', items)).data).toEqual([])
    await eventually(async () => ((await api.read('/tasks?kind=undeliverable', items)).data.length === 0 ? true : undefined), 'the task to be closed')
  })

  it('that is refused again is the dead letter from then on, with the reason', async () => {
    refusals = 1
    const { id } = await firstOf('/dead-letters')
    const again = await (await api.post(`/dead-letters/${id}/retry`)).json()
    expect(again).toMatchObject({ state: 'failed', reason: '550 no such mailbox' })
    const left = (await api.read('/dead-letters', items)).data.map((item) => item.id)
    expect(left).toEqual([z.object({ id: z.string() }).parse(again).id])
    expect(await (await api.post(`/dead-letters/${left[0]}/retry`)).json()).toMatchObject({ state: 'sent' })
    expect(provider.sent).toHaveLength(1)
  })

  it('is not there under another id, nor one that went through', async () => {
    expect((await api.post('/dead-letters/m_1/retry')).status).toBe(404)
    await hear('and it smells', 'b')
    const sent = await eventually(async () => provider.sent[0], 'an answer')
    expect((await api.post(`/dead-letters/${sent._id}/retry`)).status).toBe(404)
  })
})
