// Customers at several addresses of one desk, for tests of what goes to whom.
import { expect } from 'vitest'
import { contactPointId, type ChannelName, type NewMessage, type OutboundMessage } from '../../src/message.ts'
import { newMessage, type Life } from './life.ts'
import { eventually } from './processes.ts'

const accounts: Partial<Record<ChannelName, string>> = { sms: '+14155550199', whatsapp: '+14155550198', webchat: 'site' }
/** As the channels of `live` are set up beside the mail-like one. */
export const texting = { name: 'sms', account: accounts.sms, abilities: { carrierKeywords: true, textLimit: 1600 } } as const
export const whatsapp = { name: 'whatsapp', account: accounts.whatsapp, abilities: { carrierKeywords: true, windowMs: 24 * 3_600_000 } } as const
export const chatting = { name: 'webchat', abilities: { storeIsDelivery: true } } as const

let messages = 0
/** Resolves once it is stored. */
export function write(life: Life, channel: ChannelName, from: string, words: string, more: Partial<NewMessage> = {}) {
  const account = accounts[channel]
  const message = newMessage(words, `w${messages++}`, from, { channel, ...(account === undefined ? {} : { account }), ...more })
  return life.accept({ kind: 'message', message })
}

/** Every message so far has had its turn, and all that followed from it is done. */
export async function settled(life: Life): Promise<void> {
  await eventually(async () => {
    const left = await life.core.collections.messages.count({ direction: 'inbound', state: 'received' })
    const unfinished = await life.core.journal.unfinished('9999', 10)
    const ringing = (await life.core.collections.due.find({ state: 'waiting' })).filter(({ notBefore }) => Date.parse(notBefore) <= life.core.clock.now())
    return left + unfinished.length + ringing.length === 0 ? true : undefined
  }, 'everything to be done')
}

export async function outboundOf(life: Life): Promise<OutboundMessage[]> {
  const found = await life.core.collections.messages.find({ direction: 'outbound' }, { sort: { createdAt: 1 } })
  return found.filter((message) => message.direction === 'outbound')
}

export const pointOf = (life: Life, channel: ChannelName, address: string) => life.core.collections.contactPoints.get(contactPointId(channel, address))

/** Makes the customers of these addresses one, as a verification would. */
export async function oneCustomer(life: Life, ...addresses: readonly [ChannelName, string][]): Promise<string> {
  const points = await Promise.all(addresses.map(([channel, address]) => pointOf(life, channel, address)))
  const customer = points[0]?.customer ?? ''
  for (const point of points) {
    expect(point).toBeDefined()
    await life.core.collections.contactPoints.update(point?._id ?? '', { $set: { customer } })
    await life.core.collections.conversations
      .find({ 'place.address': point?.address ?? '' })
      .then((all) => Promise.all(all.map(({ _id }) => life.core.collections.conversations.update(_id, { $set: { customer } }))))
  }
  return customer
}

/** The REST API, with the key that `live` is given. */
export const post = (life: Life, path: string, body: unknown) =>
  fetch(`http://127.0.0.1:${life.port}/api/v1${path}`, { headers: { authorization: 'Bearer test-key-0123456789' }, method: 'POST', body: JSON.stringify(body) })
export const get = async (life: Life, path: string): Promise<unknown> =>
  (await fetch(`http://127.0.0.1:${life.port}/api/v1${path}`, { headers: { authorization: 'Bearer test-key-0123456789' } })).json()
