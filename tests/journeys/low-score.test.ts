// A bad rating, on the started program: a person is told at once, and the repair stays finished until its customer or a person says otherwise.
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startEmbeddedDesk, type EmbeddedDesk } from '../support/embedded-desk.ts'
import { eventually } from '../support/processes.ts'
import { fromBot, openChat } from '../support/visitor.ts'

const ticket = z.object({ number: z.string(), status: z.string(), satisfaction: z.object({ score: z.number(), comment: z.string().nullable() }).nullable() })
const surveys = z.object({ data: z.array(z.object({ id: z.string(), state: z.string(), score: z.number().nullable(), ticket: z.string() })) })
const tasks = z.object({ data: z.array(z.object({ id: z.string(), kind: z.string(), ticket: z.string().nullable() })) })

let desk: EmbeddedDesk
afterEach(() => desk.remove())

/** A repair that was finished and rated 1; what its customer and staff can do then. */
async function rated() {
  desk = await startEmbeddedDesk({ yaml: 'survey: { delay: 1s }\nform: { photos: hidden, preferredTime: hidden }\n' })
  const visitor = await openChat(() => [desk.url])
  let said = 0
  const answered = async (text: string) => {
    const before = (await visitor.history()).filter(fromBot).length
    await visitor.say(text, `say-${said++}`)
    return eventually(async () => {
      const all = (await visitor.history()).filter(fromBot)
      return all.length > before ? all.at(-1)?.text : undefined
    }, `an answer to "${text}"`)
  }
  const heard = (words: string) =>
    eventually(async () => ((await visitor.history()).some(({ text }) => text?.includes(words)) ? true : undefined), `"${words}"`)
  await answered('Our T5 treadmill (SN KP-20391) stops after ten minutes with E03, we are at 12 Elm St, call me on 415 555 0100. Bob Ray')
  await answered('1')
  const [{ number }] = z.object({ data: z.tuple([ticket]) }).parse(await (await desk.api.get('/tickets')).json()).data
  const present = () => desk.api.read(`/tickets/${number}`, ticket)
  expect((await desk.api.post(`/tickets/${number}/status`, { status: 'resolved' })).status).toBe(200)
  await heard('How happy are you')
  await answered('1')
  await eventually(async () => ((await present()).satisfaction?.score === 1 ? true : undefined), 'the rating')
  return { number, present, answered }
}

describe('a bad rating', () => {
  it('opens a task for a person and leaves the repair finished; a person takes it up again', async () => {
    const { number, present, answered } = await rated()
    const low = await desk.api.read('/tasks?kind=low_score', tasks)
    expect(low.data).toMatchObject([{ kind: 'low_score', ticket: number }])
    await answered('They left a mess in the hall')
    await eventually(async () => ((await present()).satisfaction?.comment === 'They left a mess in the hall' ? true : undefined), 'the comment')
    expect((await present()).status).toBe('resolved')
    const [survey] = (await desk.api.read(`/surveys?ticket=${number}&state=responded`, surveys)).data
    expect(survey).toMatchObject({ score: 1, ticket: number })
    expect(await desk.api.read(`/surveys/${survey?.id}`, z.looseObject({}))).toMatchObject({ comment: 'They left a mess in the hall' })

    expect((await desk.api.post(`/tickets/${number}/status`, { status: 'in_progress', comment: 'Mia comes by tomorrow.' })).status).toBe(200)
    expect((await present()).status).toBe('in_progress')
    expect((await desk.api.post(`/tasks/${low.data[0]?.id}/done`)).status).toBe(200)
    expect((await desk.api.read('/tasks?kind=low_score', tasks)).data).toEqual([])
  }, 180_000)

  it("is taken up again by its customer's own word", async () => {
    const { present, answered } = await rated()
    expect((await present()).status).toBe('resolved')
    await answered('It is still broken, it stops again after ten minutes')
    await eventually(async () => ((await present()).status === 'in_progress' ? true : undefined), 'the repair to be open again')
  }, 180_000)
})
