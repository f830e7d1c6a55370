// What was said to the embedded desk is there again after a power cut and after an orderly stop, and the talk goes on.
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startEmbeddedDesk, type EmbeddedDesk } from '../support/embedded-desk.ts'
import { eventually } from '../support/processes.ts'
import { fromBot, openChat } from '../support/visitor.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

const tickets = z.object({ data: z.array(z.looseObject({ number: z.string(), subject: z.string(), assignee: z.string().nullable() })) })
const messages = z.object({ data: z.array(z.object({ id: z.string(), text: z.string() })) })

describe('the embedded desk', () => {
  it.each<[string, (desk: EmbeddedDesk) => Promise<void>]>([
    ['kill -9', (desk) => desk.kill()],
    ['an orderly stop', async (desk) => expect(await desk.stop()).toBe(0)],
  ])(
    'keeps tickets, messages and its place in every talk over %s',
    async (_, end) => {
      const desk = await startEmbeddedDesk()
      cleanups.push(() => desk.remove())
      const visitor = await openChat(() => [desk.url])
      const answers = async (count: number) =>
        eventually(async () => {
          const all = (await visitor.history()).filter(fromBot)
          return all.length >= count ? all : undefined
        }, `answer ${count}`)
      await visitor.say('My treadmill stops after ten minutes with E03', 'first')
      await answers(1)
      const [ticket] = (await desk.api.read('/tickets', tickets)).data
      const number = ticket?.number ?? ''
      await desk.api.post(`/tickets/${number}/notes`, { text: 'Same as last week' })
      await desk.api.post(`/tickets/${number}/assign`, { assignee: 'Mia' })
      const ofTicket = async () => (await desk.api.read(`/tickets/${number}/messages`, messages)).data
      const before = { ticket: await desk.api.read(`/tickets/${number}`, z.unknown()), messages: await ofTicket(), said: await visitor.history() }

      await end(desk)
      await desk.start()

      expect(await desk.api.read(`/tickets/${number}`, z.unknown())).toEqual(before.ticket)
      expect(await ofTicket()).toEqual(before.messages)
      // The visitor's token still counts, and the form goes on where it was.
      expect(await visitor.history()).toEqual(before.said)
      await visitor.say('It is the T5, at 12 Elm St', 'second')
      await answers(before.said.filter(fromBot).length + 1)
      expect((await desk.api.read('/tickets', tickets)).data).toHaveLength(1)
      expect(await desk.api.read(`/tickets/${number}`, z.object({ fields: z.object({ address: z.string() }) }))).toMatchObject({
        fields: { address: '12 Elm St' },
      })
      // Said and stored in the instant before the end, nothing is answered twice either.
      await visitor.say('Call me on 415 555 0100', 'third')
      await end(desk)
      await desk.start()
      await answers(before.said.filter(fromBot).length + 2)
      await visitor.say('Call me on 415 555 0100', 'third')
      await visitor.say('Thursday afternoon suits', 'fourth')
      const all = await eventually(async () => {
        const said = await visitor.history()
        return said.at(-1)?.from.role === 'bot' && said.some(({ text }) => text === 'Thursday afternoon suits') ? said : undefined
      }, 'the answer to the last words')
      expect(all.filter((each) => !fromBot(each)).map(({ text }) => text)).toEqual([
        'My treadmill stops after ten minutes with E03',
        'It is the T5, at 12 Elm St',
        'Call me on 415 555 0100',
        'Thursday afternoon suits',
      ])
      expect(all.filter(fromBot).filter(({ text }) => text?.includes('we have your request'))).toHaveLength(1)
    },
    120_000,
  )
})
