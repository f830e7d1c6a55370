// Engineers in Slack: an offer with buttons among their direct messages, given back with a reason, claimed from the pool in the channel, and the day by a word.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { apiOf, type Api } from '../../support/api.ts'
import { openInsideDesk, shownIn, type InsideDesk } from '../../support/inside-desk.ts'
import { eventually } from '../../support/processes.ts'

const always = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, '00:00-24:00']))
const order = z.looseObject({ id: z.string(), status: z.string(), engineer: z.looseObject({ id: z.string() }).nullable() })

let desk: InsideDesk
let api: Api
const cleanups: (() => unknown)[] = []
beforeAll(async () => {
  desk = await openInsideDesk({ onClose: (cleanup) => cleanups.push(cleanup) })
  api = apiOf(() => desk.url, 'test-key-0123456789')
})
afterAll(async () => {
  for (const cleanup of cleanups.toReversed()) await cleanup()
})

const said = (channel: string, ...parts: string[]) =>
  eventually(async () => desk.slack.botSaid(channel).find((message) => parts.every((part) => shownIn(message).includes(part))), parts.join(' and '))
const becomes = (id: string, status: string) =>
  eventually(async () => {
    const seen = await api.read(`/work-orders/${id}`, order)
    return seen.status === status ? seen : undefined
  }, `${id} to be ${status}`)

describe('an engineer in Slack', () => {
  it('is offered a visit with buttons, gives it back, and it is for whoever claims it in the channel', async () => {
    expect((await api.post('/engineers', { id: 'eli', name: 'Eli Stone', slack: desk.eli.id, hours: always })).status).toBe(201)
    const { number } = await desk.reported('My treadmill stops after ten minutes')
    const { id } = order.parse(await (await api.post('/work-orders', { ticket: number })).json())
    const slots = z.object({ data: z.array(z.object({ from: z.string() })) })
    const from = (await api.read(`/work-orders/${id}/slots`, slots)).data[0]?.from
    expect((await api.post(`/work-orders/${id}/appointment`, { engineer: 'eli', from })).status).toBe(200)

    const offer = await said(desk.eli.im, 'A new visit for you', number)
    await becomes(id, 'dispatched')
    await desk.eli.press('Reject', { message: offer })
    const why = await said(desk.eli.im, 'Why can you not take')
    await desk.eli.press('No time', { message: why })
    expect((await becomes(id, 'unscheduled')).engineer).toBe(null)

    const pool = await said(desk.triage, 'A visit is to be had', number)
    await desk.dana.press('I take it', { message: pool, channel: desk.triage })
    await eventually(async () => desk.dana.ephemerals().find(({ text }) => String(text).includes('for engineers')), 'why she cannot')
    await desk.eli.press('I take it', { message: pool, channel: desk.triage })
    expect((await becomes(id, 'accepted')).engineer?.id).toBe('eli')

    await desk.eli.say(desk.eli.im, 'on my way')
    await said(desk.eli.im, 'you are on the way')
    await becomes(id, 'en_route')
    // Nothing they said stands on the ticket's card, and none of it opened a ticket.
    expect(await desk.app.core.collections.tickets.count({})).toBe(1)
    expect(desk.thread(number).join('\n')).not.toContain('on my way')

    // But where the work stands is on the card, and all that became of it in the thread and in the timeline.
    const { message } = await desk.card(number, '*on the way*', 'Eli Stone', 'appointment')
    expect(shownIn(message)).toMatch(/engineer eli: Visit the engineer comes → on the way/)
    await desk.settled()
    const thread = desk.thread(number).join('\n')
    for (const words of ['opened work: Visit', 'appointment with Eli Stone', 'offered to the engineer', 'gave it back', 'nobody takes the visit'])
      expect(thread).toContain(words)
    const timeline = z.object({
      data: z.array(
        z.looseObject({ about: z.object({ kind: z.string(), id: z.string() }).optional(), events: z.array(z.looseObject({ type: z.string() })).optional() }),
      ),
    })
    const happened = (await api.read(`/tickets/${number}/timeline?limit=200`, timeline)).data.filter(({ about }) => about?.id === id)
    expect(happened.flatMap(({ events = [] }) => events.map(({ type }) => type))).toEqual(
      expect.arrayContaining(['work_order.opened', 'appointment.confirmed', 'appointment.rejected', 'work_order.pooled', 'work_order.status_changed']),
    )
  })
})
