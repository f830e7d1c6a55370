// A desk with an engineer, a customer who wrote before, and their treadmill, for tests of inspections.
import { z } from 'zod'
import { flows } from '../../flows/index.ts'
import { createBot } from '../../src/bot/index.ts'
import { contactPointId } from '../../src/message.ts'
import { openField, customer, type Field } from '../dispatch/field.ts'
import { write } from '../support/customers.ts'
import type { LifeOptions } from '../support/life.ts'
import { texts } from '../support/talk.ts'

export const day = 86_400_000
export const kim = '+14155550101'
export { customer }

const made = z.looseObject({ id: z.string() })
export const plan = z.looseObject({ id: z.string(), version: z.int(), active: z.boolean() })
export const occurrence = z.looseObject({
  occurrence: z.string(),
  due: z.string(),
  state: z.string(),
  reason: z.string().nullable(),
  merged: z.boolean(),
  ticket: z.string().nullable(),
  inspection: z.string().nullable(),
})
export const pageOf = <V extends z.ZodType>(view: V) => z.object({ data: z.array(view), nextCursor: z.null() })

export interface Shop {
  field: Field
  asset: string
  /** Makes a plan for the treadmill; the time it starts is local in Berlin. */
  planned(more: Record<string, unknown>): Promise<string>
  occurrences(of: string): Promise<z.output<typeof occurrence>[]>
  /** The customer, or whoever has that number, writes; answers what they heard since. */
  says(words: string, from?: string): Promise<string[]>
  /** Time goes by, and what falls due is done. */
  passes(milliseconds: number): Promise<void>
}

const whole = '00:00-24:00'
const hours = `{ mon: "${whole}", tue: "${whole}", wed: "${whole}", thu: "${whole}", fri: "${whole}", sat: "${whole}", sun: "${whole}" }`

export async function openShop(more = '', options: Partial<LifeOptions> = {}): Promise<Shop> {
  const field = await openField({
    yaml: `
form: { product: hidden, serial: hidden, photos: hidden, address: hidden, contact: hidden, preferredTime: hidden }
timeZone: Europe/Berlin
products: [{ name: T5 treadmill, aliases: [treadmill] }]
engineers: [{ id: kim, name: Kim Park, phone: "${kim}", hours: ${hours} }]
${more}`,
    bot: createBot({ texts, flows }),
    render: (language, key, values) => texts.render(language, key, values),
    ...options,
  })
  const { life, api } = field
  const says: Shop['says'] = async (words, from = customer) => {
    const before = field.heard(from).length
    await write(life, 'sms', from, words)
    await field.settled()
    return field.heard(from).slice(before)
  }
  await says('Hello')
  const owner = (await life.core.collections.contactPoints.get(contactPointId('sms', customer)))?.customer ?? ''
  const site = made.parse(await (await api.post('/sites', { name: 'Home', customer: owner, address: '1 Harbour Street, 10115 Berlin' })).json())
  const asset = made.parse(await (await api.post('/assets', { serial: 'KP-12345', product: 'T5 treadmill', customer: owner, site: site.id })).json())
  await field.settled()
  return {
    field,
    asset: asset.id,
    says,
    async planned(fields) {
      const response = await api.post('/maintenance-plans', { name: 'Safety inspection', asset: asset.id, ...fields })
      if (response.status !== 201) throw new Error(await response.text())
      await field.settled()
      return plan.parse(await response.json()).id
    },
    async occurrences(of) {
      const page = await api.read(`/maintenance-plans/${of}/occurrences?limit=200`, pageOf(occurrence))
      return page.data.toSorted((one, other) => one.due.localeCompare(other.due))
    },
    async passes(milliseconds) {
      field.clock.move(milliseconds)
      // Whatever became due is found by the sweep; a test need not wait for it.
      for (const { _id, notBefore } of await life.core.collections.due.find({ state: 'waiting' }))
        if (Date.parse(notBefore) <= field.clock.now())
          await life.core.queues.add('due', { id: _id }, { key: `${_id.replaceAll(':', '-')}-${field.clock.now()}` })
      await field.settled()
    },
  }
}

/** Local time in Berlin so many days from now, at nine. */
export function inDays(now: number, days: number): string {
  return Temporal.Instant.fromEpochMilliseconds(now)
    .toZonedDateTimeISO('Europe/Berlin')
    .add({ days })
    .withPlainTime('09:00')
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })
}
