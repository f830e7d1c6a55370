// What customers answer to a company's own questions is there for callers of the API and for staff, and stays when tickets are merged.
import { afterEach, expect, it } from 'vitest'
import { z } from 'zod'
import { flows } from '../../flows/index.ts'
import { createBot, loadTexts } from '../../src/bot/index.ts'
import { apiOf } from '../support/api.ts'
import { createFolder, createProvider, live, newMessage } from '../support/life.ts'
import { eventually } from '../support/processes.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

const yaml = `
products: [{ name: T5 treadmill, aliases: [T5] }]
form: { address: hidden, contact: hidden, preferredTime: hidden, serial: hidden, photos: hidden }
productLines:
  - name: treadmills
    products: [T5 treadmill]
    questions:
      - { id: weekly_use, ask: How many hours a week is it used?, label: Weekly use, type: number, unit: hours, need: required }
      - { id: moved, ask: Has it been moved?, label: Moved, type: yes_no, need: required }
`
const ticketView = z.object({ number: z.string(), fields: z.object({ answers: z.unknown().optional() }) })

it('is shown by the API with its value and its words', async () => {
  const folder = createFolder()
  const life = await live({ folder: folder.path, provider: createProvider(), yaml, bot: createBot({ texts: loadTexts(), flows }) })
  cleanups.push(folder.remove, () => life.close())
  const api = apiOf(() => `http://127.0.0.1:${life.port}`, 'test-key-0123456789')
  const say = (words: string, id: string) => life.accept({ kind: 'message', message: newMessage(words, id) })
  const ticket = (shows: (answers: unknown) => boolean) =>
    eventually(async () => {
      const { data } = z.object({ data: z.array(ticketView) }).parse(await (await api.get('/tickets')).json())
      return data.find(({ fields }) => shows(fields.answers))
    }, 'the ticket')

  await say('My T5 beeps', 'first')
  await ticket((answers) => answers === undefined)
  await say('about ten', 'second')
  const weekly_use = { label: 'Weekly use', value: 10, text: '10 hours' }
  await ticket((answers) => JSON.stringify(answers) === JSON.stringify({ weekly_use }))
  await say('no', 'third')
  const { number, fields } = await ticket((answers) => JSON.stringify(answers).includes('moved'))
  expect(fields.answers).toEqual({ weekly_use, moved: { label: 'Moved', value: false, text: 'no' } })

  // Another ticket takes over what it does not know.
  const other = ticketView.parse(await (await api.post('/tickets', { subject: 'T5', description: 'It beeps', customer: { name: 'Bo' } })).json())
  expect((await api.post(`/tickets/${number}/merge`, { into: other.number })).status).toBeLessThan(300)
  expect((await api.read(`/tickets/${other.number}`, ticketView)).fields.answers).toMatchObject({ weekly_use })
})
