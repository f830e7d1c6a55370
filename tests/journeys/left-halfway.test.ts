// A customer who leaves half-way, on the started program: marked after the time set in mendline.yaml, unmarked when they come back.
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startEmbeddedDesk, type EmbeddedDesk } from '../support/embedded-desk.ts'
import { eventually } from '../support/processes.ts'
import { fromBot, openChat } from '../support/visitor.ts'

const tickets = z.object({ data: z.array(z.object({ number: z.string(), status: z.string(), incomplete: z.boolean() })) })

let desk: EmbeddedDesk
afterEach(() => desk.remove())

describe('a request left half-way', () => {
  it('is marked incomplete after the time set, stays new, and is whole again once its customer gives the rest', async () => {
    desk = await startEmbeddedDesk({ yaml: 'incompleteAfter: 3s\nform: { serial: hidden, photos: hidden, preferredTime: hidden, address: hidden }\n' })
    const visitor = await openChat(() => [desk.url])
    const answered = async (text: string, id: string) => {
      const before = (await visitor.history()).filter(fromBot).length
      await visitor.say(text, id)
      return eventually(async () => {
        const said = (await visitor.history()).filter(fromBot)
        return said.length > before ? said.at(-1)?.text : undefined
      }, `an answer to "${text}"`)
    }
    const said = await answered('My treadmill stops after ten minutes with E03', 'first')
    expect(said).toContain('repair number')
    const seen = async (query: string) => (await desk.api.read(`/tickets?${query}`, tickets)).data
    expect(await seen('')).toMatchObject([{ status: 'new', incomplete: false }])
    const [marked] = await eventually(async () => {
      const found = await seen('incomplete=true')
      return found.length > 0 ? found : undefined
    }, 'the mark')
    expect(marked).toMatchObject({ status: 'new', incomplete: true })
    // Nobody is nagged: the mark is for staff.
    expect((await visitor.history()).filter(fromBot)).toHaveLength(1)

    await answered('It is the T5', 'second')
    await answered('call me on 415 555 0100, Bob Ray', 'third')
    await answered('1', 'fourth')
    await eventually(async () => ((await seen('status=accepted&incomplete=false')).length === 1 ? true : undefined), 'acceptance')
  }, 180_000)
})
