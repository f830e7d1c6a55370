// Offers a visit to its engineer, where they can be written to; who has not answered in time is passed over.
import { timestamp } from '../clock.ts'
import { beginConversation } from '../conversations/index.ts'
import type { Core } from '../core.ts'
import { customerOf } from '../customers/index.ts'
import { newPlace } from '../delivery/ladder.ts'
import { digest, type Place } from '../message.ts'
import type { DispatchAct } from './acts.ts'
import { changeWorkOrder } from './change-work-order.ts'
import { engineerStream, type Engineer } from './engineer.ts'
import { giveBack } from './give-back.ts'
import { armNow } from './release.ts'
import { workOrderStream } from './work-order.ts'

/** Whom nobody can write to is told by people: the visit stays scheduled until somebody moves it on. */
export async function offerWork(core: Core, { workOrder, round }: Extract<DispatchAct, { do: 'offer' }>, key: string): Promise<void> {
  const { engineer: id } = await core.journal.load(workOrderStream, workOrder)
  if (id === null) return
  const engineer = await core.journal.load(engineerStream, id)
  const place = await placeOfEngineer(core, engineer)
  if (place === undefined) return
  const conversation = await beginWith(core, engineer, place)
  await changeWorkOrder(core, workOrder, { actor: { kind: 'system', id: null }, key }, (order) => {
    if (order.status !== 'scheduled' || order.round !== round || order.engineer !== id || order.hold !== null) return undefined
    const offer = digest('offer', key)
    const now = core.clock.now()
    const until = timestamp(now + core.company().dispatch.offerTimeout)
    return {
      events: [
        { type: 'work_order.offered', offer, until },
        { type: 'work_order.status_changed', from: 'scheduled', to: 'dispatched', comment: null },
      ],
      effects: [
        armNow(core, { do: 'ask', workOrder, conversation, flow: 'field', args: { workOrder, offer } }),
        { do: 'arm', at: until, alarm: { kind: 'dispatch', act: { do: 'offer_timeout', workOrder, offer } } },
      ],
    }
  })
}

/** Nobody answered. */
export async function letGo(core: Core, { workOrder, offer }: Extract<DispatchAct, { do: 'offer_timeout' }>, key: string): Promise<void> {
  await changeWorkOrder(core, workOrder, { actor: { kind: 'clock', id: null }, key }, (order) =>
    order.status === 'dispatched' && order.offer?.id === offer ? giveBack(core, order, 'did not answer in time') : undefined,
  )
}

/** In Slack, else by text message. */
async function placeOfEngineer(core: Core, { slack, phone }: Engineer): Promise<Place | undefined> {
  const inSlack = core.channels.get('slack')
  if (slack !== null && inSlack?.placeOf !== undefined) return inSlack.placeOf(slack)
  return phone === null ? undefined : newPlace(core, 'sms', phone, '')
}

/** Where they may never have written. */
async function beginWith(core: Core, engineer: Engineer, place: Place): Promise<string> {
  const customer = await customerOf(core.collections, place.channel, place.address)
  return beginConversation(core, place, customer, engineer.language ?? core.company().flow.language)
}
