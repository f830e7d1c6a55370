// What an engineer said of their work is done; what cannot be is told them.
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import type { Deed } from '../desk/change-ticket.ts'
import type { Event } from '../events.ts'
import type { WorkSaid } from '../flow.ts'
import type { Changed } from '../journal/index.ts'
import { chainOf, locationId, partNamed, requestParts } from '../parts/index.ts'
import type { Ticket } from '../tickets/index.ts'
import type { DispatchAct } from './acts.ts'
import { arm } from '../alarms/arm.ts'
import { changeWorkOrder, explainWork, type Made, type WorkRefusal } from './change-work-order.ts'
import { engineerWho } from './engineer-at.ts'
import { giveBack } from './give-back.ts'
import { decideMove, task, type Move } from './move.ts'
import { missVisit } from './propose.ts'
import { nextWorkStatuses, type WorkStatus } from './status.ts'
import type { WorkOrder } from './work-order.ts'

export async function hearEngineer(
  core: Core,
  { conversation, place, workOrder, said }: Extract<DispatchAct, { do: 'engineer_said' }>,
  key: string,
): Promise<void> {
  const engineer = await engineerWho(core, place)
  if (engineer === undefined) return
  const deed: Deed = { actor: { kind: 'engineer', id: engineer._id }, key }
  const done =
    said.say === 'no_show' && (await isTheirs(core, workOrder, engineer._id))
      ? await missVisit(core, workOrder, null, deed)
      : await changeWorkOrder(core, workOrder, deed, (order, ticket) =>
          order.engineer === engineer._id ? decide(core, order, ticket, said) : { refusal: { kind: 'outdated' } },
        )
  if (said.say === 'need_part' && done.kind !== 'refused') await orderParts(core, workOrder, said, engineer.van, deed)
  if (done.kind === 'refused') await tellBack(core, conversation, done, key)
}

async function isTheirs(core: Core, workOrder: string, engineer: string): Promise<boolean> {
  return (await core.collections.workOrders.get(workOrder))?.engineer === engineer
}

async function decide(core: Core, order: WorkOrder, ticket: Ticket, said: WorkSaid): Promise<Made> {
  switch (said.say) {
    case 'accept':
      if (order.status !== 'dispatched') return order.status === 'accepted' ? undefined : { refusal: { kind: 'outdated' } }
      return order.offer?.id === said.offer ? walk(core, order, ticket, { to: 'accepted', comment: null }) : { refusal: { kind: 'outdated' } }
    case 'reject':
      return order.status === 'dispatched' || order.status === 'accepted' ? giveBack(core, order, said.reason) : { refusal: notAllowed(order) }
    case 'on_my_way':
      return walk(core, order, ticket, { to: 'en_route', comment: null })
    case 'arrived':
      return walk(core, order, ticket, { to: 'on_site', comment: null })
    case 'need_part':
      return { events: [{ type: 'work_order.held', reason: `needs a part: ${said.part}` }], effects: [task('work_stuck', order, ticket)] }
    case 'cannot_complete':
      return walk(core, order, ticket, { to: 'cannot_complete', comment: said.reason, photos: said.photos })
    case 'finished':
      return walk(core, order, ticket, { to: 'completed', comment: null, failure: said.failure, photos: said.photos })
    case 'no_show':
      return { refusal: { kind: 'outdated' } }
  }
}

const day: readonly WorkStatus[] = ['dispatched', 'accepted', 'en_route', 'on_site', 'completed']

/** Steps nobody mentioned were taken all the same; what is past already is no step. */
async function walk(core: Core, order: WorkOrder, ticket: Ticket, move: Move): Promise<Made> {
  const [here, goal] = [day.indexOf(order.status), day.indexOf(move.to === 'cannot_complete' ? 'completed' : move.to)]
  if (order.status === move.to || (here > goal && goal >= 0)) return undefined
  const between = here < 0 ? [] : day.slice(here + 1, goal)
  const skipped = between.map((to, index): Event => ({ type: 'work_order.status_changed', from: between[index - 1] ?? order.status, to, comment: null }))
  const made = await decideMove(core, { ...order, status: between.at(-1) ?? order.status }, ticket, move)
  return made === undefined || 'refusal' in made ? made : { events: [...skipped, ...made.events], effects: made.effects ?? [] }
}

/** By whoever has it. */
export function completeWork(core: Core, workOrder: string, deed: Deed) {
  return changeWorkOrder(core, workOrder, deed, (order, ticket) =>
    order.engineer === deed.actor.id ? walk(core, order, ticket, { to: 'completed', comment: null }) : { refusal: { kind: 'outdated' } },
  )
}

function notAllowed({ kind, status }: WorkOrder): WorkRefusal {
  return { kind: 'not_allowed', from: status, allowed: nextWorkStatuses(kind, status) }
}

/** For the van. One that the catalogue does not know is asked for in the engineer's words: a person says which it is. */
async function orderParts(
  core: Core,
  workOrder: string,
  said: Extract<WorkSaid, { say: 'need_part' }>,
  van: string | null,
  { actor, key }: Deed,
): Promise<void> {
  const order = await core.collections.workOrders.get(workOrder)
  if (order === undefined) return
  const to = van === null ? null : locationId(van)
  for (const [index, { words, quantity, number }] of wantedIn(said).entries()) {
    const part = await partNamed(core.collections.parts, number ?? words)
    const what = part === undefined ? { part: '', wanted: words } : { part: (await chainOf(core.collections.parts, part._id)).at(-1)?._id ?? part._id }
    const fields = { kind: 'requisition', ...what, quantity, from: null, to, ticket: order.ticket, kit: false } as const
    await requestParts(core, fields, { actor, key: index === 0 ? `${key}/part` : `${key}/part/${index}` })
  }
}

/** What was said before parts were told one by one. */
function wantedIn({ part, parts }: Extract<WorkSaid, { say: 'need_part' }>) {
  return parts.length > 0 ? parts : [{ words: part, quantity: 1, number: null }]
}

async function tellBack(
  core: Core,
  conversation: string,
  { refusal }: Extract<Changed<WorkOrder, WorkRefusal>, { kind: 'refused' }>,
  key: string,
): Promise<void> {
  const say = [{ text: 'work.refused', with: { why: explainWork(refusal) }, kind: 'statement' as const }]
  await arm(core, `${key}/refused`, timestamp(core.clock.now()), { kind: 'tell', conversation, ticket: null, say }, true)
}
