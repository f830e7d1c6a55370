// Appointments made in conversation on the real bot: from the customer's words to the calendar and back, once, whoever is faster.
import { describe, expect, it } from 'vitest'
import { flows } from '../../flows/index.ts'
import { createBot } from '../../src/bot/index.ts'
import { write } from '../support/customers.ts'
import { texts } from '../support/talk.ts'
import { customer, openField, type Field } from './field.ts'

const everyDay = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, '08:00-20:00']))
const ben = '+14155552672'

async function begin(more = ''): Promise<Field> {
  const field = await openField({
    yaml: `timeZone: Europe/Berlin\nform: { product: hidden, serial: hidden, photos: hidden, address: hidden, contact: hidden, preferredTime: optional }\n${more}`,
    bot: createBot({ texts, flows }),
    render: (language, key, values) => texts.render(language, key, values),
  })
  await field.api.post('/engineers', { id: 'kim', name: 'Kim Park', hours: everyDay })
  return field
}

/** A customer's confirmed repair. */
async function accepted({ life, settled }: Field, from = customer): Promise<string> {
  await write(life, 'sms', from, 'My treadmill stops after ten minutes')
  await settled()
  const [ticket] = await life.core.collections.tickets.find({
    'customer.id': (await life.core.collections.conversations.find({ 'place.address': from }))[0]?.customer ?? '',
  })
  for (const words of ['skip', '1']) {
    await write(life, 'sms', from, words)
    await settled()
  }
  return ticket?._id ?? ''
}

async function said({ life, settled, heard }: Field, words: string, from = customer): Promise<string> {
  await write(life, 'sms', from, words)
  await settled()
  return heard(from).at(-1) ?? ''
}

const orderOf = async ({ life }: Field, ticket: string) => (await life.core.collections.workOrders.find({ ticket }))[0]
const bookedOf = async ({ life }: Field) => (await life.core.collections.calendar.find({})).flatMap(({ booked }) => booked)

describe('a visit', () => {
  it('is offered once a repair is accepted, booked at a word, moved and called off, and all of it told', async () => {
    const field = await begin('dispatch: { visitOnAcceptance: true }\nappointments: { changeUntil: 1m }\n')
    const ticket = await accepted(field)
    expect(field.heard().at(-1)).toContain('When shall we come')
    expect(
      field.provider.sent
        .at(-1)
        ?.choices.map(({ label }) => label)
        .at(-1),
    ).toBe('Other times')
    const confirmed = await said(field, '2')
    expect(confirmed).toMatch(/^Kim Park comes to you on .* for your repair R-/)
    expect(await orderOf(field, ticket)).toMatchObject({ status: 'scheduled', engineer: 'kim', round: 1 })
    const [first] = await bookedOf(field)
    expect(await said(field, 'Can we reschedule the appointment?')).toContain('When shall we come')
    expect(await said(field, '3')).toMatch(/has moved: Kim Park comes to you on/)
    const moved = await bookedOf(field)
    expect(moved).toHaveLength(1)
    expect(moved[0]?.from).not.toBe(first?.from)
    expect(await said(field, 'Please cancel the appointment')).toContain('Shall we call off')
    expect(await said(field, '1')).toContain('is cancelled')
    expect(await bookedOf(field)).toEqual([])
    expect(await orderOf(field, ticket)).toMatchObject({ status: 'unscheduled', appointment: null })
  })

  it('at a time that two customers choose at the same moment goes to one, and the other is offered what is left', async () => {
    const field = await begin('dispatch: { visitOnAcceptance: true }\n')
    const [one, two] = [await accepted(field), await accepted(field, ben)]
    await Promise.all([write(field.life, 'sms', customer, '1'), write(field.life, 'sms', ben, '1')])
    await field.settled()
    const orders = [await orderOf(field, one), await orderOf(field, two)]
    expect(orders.filter((order) => order?.status === 'scheduled')).toHaveLength(1)
    const loser = orders[0]?.status === 'scheduled' ? ben : customer
    expect(field.heard(loser).at(-1)).toContain('somebody else was a moment faster')
    expect(await said(field, '1', loser)).toContain('Kim Park comes to you on')
    const booked = await bookedOf(field)
    expect(booked).toHaveLength(2)
    expect(new Set(booked.map(({ from }) => from)).size).toBe(2)
  })
})

describe('the time of a visit in a customer’s own words', () => {
  it.each([
    [
      'My treadmill stops after ten minutes',
      ['skip', '1'],
      'not before four, Thursday or Friday',
      'Friday at 5pm',
      'I can’t make it on that day, sorry',
      'Monday morning',
      'Can you come an hour later?',
      'Please cancel the visit',
      'any day next week after 6pm',
    ],
    [
      '我的跑步机跑十分钟就停了',
      ['跳过', '1'],
      '周四或者周五，四点以后',
      '周五下午五点',
      '到时候我不在家',
      '周一上午',
      '可以晚一个小时来吗？',
      '取消上门',
      '下周随便哪天，晚上六点以后',
    ],
  ])('%s', async (report, answers, wish, named, cannot, morning, later, off, again) => {
    const field = await begin('dispatch: { visitOnAcceptance: true }\nappointments: { changeUntil: 1m }\n')
    // A Monday at eight, so that every day that is named lies ahead.
    const now = Temporal.Instant.fromEpochMilliseconds(field.clock.now()).toZonedDateTimeISO('Europe/Berlin')
    field.clock.move(
      now
        .add({ days: 8 - now.dayOfWeek })
        .startOfDay()
        .add({ hours: 8 }).epochMilliseconds - now.epochMilliseconds,
    )
    await said(field, report)
    for (const words of answers) await said(field, words)
    const [ticket] = await field.life.core.collections.tickets.find({})
    const at = async (): Promise<string | undefined> => {
      const from = (await orderOf(field, ticket?._id ?? ''))?.appointment?.from
      return from === undefined
        ? undefined
        : Temporal.Instant.from(from).toZonedDateTimeISO('Europe/Berlin').toPlainDateTime().toString({ smallestUnit: 'minute' })
    }
    const offered = (): number[] =>
      (field.provider.sent.at(-1)?.choices ?? []).flatMap(({ value }) => {
        const from = Number(value.split('@')[1])
        return Number.isNaN(from) ? [] : [Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO('Europe/Berlin').hour]
      })
    await said(field, wish)
    expect(offered().length).toBeGreaterThan(1)
    expect(offered().every((hour) => hour >= 16)).toBe(true)
    // Who names the hour has chosen it.
    await said(field, named)
    expect(await at()).toMatch(/T17:00$/)
    await said(field, cannot)
    expect(field.provider.sent.at(-1)?.choices.length).toBeGreaterThan(1)
    await said(field, morning)
    await said(field, '1')
    expect(await at()).toMatch(/T08:00$/)
    await said(field, later)
    expect(offered()[0]).toBe(9)
    await said(field, '1')
    expect(await at()).toMatch(/T09:00$/)
    await said(field, off)
    await said(field, '1')
    expect(await at()).toBeUndefined()
    // It still waits for a time, and a day that suits is one.
    await said(field, again)
    expect(offered().every((hour) => hour >= 18)).toBe(true)
    await said(field, '1')
    expect(await at()).toMatch(/T18:00$/)
    expect(await bookedOf(field)).toHaveLength(1)
  })
})

describe('a visit that nobody opened the door for', () => {
  it('is no visit, and the customer is asked for another time at once', async () => {
    const field = await begin('dispatch: { visitOnAcceptance: true }\n')
    const ticket = await accepted(field)
    await said(field, '1')
    const { _id } = (await orderOf(field, ticket)) ?? { _id: '' }
    await field.moved(_id, 'dispatched', 'accepted', 'en_route', 'on_site')
    expect(field.heard().at(-1)).toMatch(/^Kim Park is on the way to you, .* will be there between \d\d:\d\d and \d\d:\d\d/)
    expect((await field.api.post(`/work-orders/${_id}/no-show`, { comment: 'rang twice' })).status).toBe(200)
    await field.settled()
    expect(field.heard().at(-1)).toMatch(/did not meet you[^]*When shall we come/)
    expect(await orderOf(field, ticket)).toMatchObject({ status: 'unscheduled', appointment: null, engineer: null })
    expect(await bookedOf(field)).toEqual([])
  })
})
