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
