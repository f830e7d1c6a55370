// What a customer decided about an inspection in a conversation is done: declined, put off, booked, a meter read. Only about what is theirs.
import { arm } from '../alarms/arm.ts'
import { assetStream, setAsset } from '../assets/index.ts'
import { timestamp } from '../clock.ts'
import { conversationStream } from '../conversations/index.ts'
import type { Core } from '../core.ts'
import { identityOf } from '../customers/index.ts'
import { proposeTimes, workOf, workOrderStream } from '../dispatch/index.ts'
import type { Utterance } from '../flow.ts'
import { digest } from '../message.ts'
import { sayWhen } from '../hours/say-when.ts'
import { raiseTask } from '../tasks/index.ts'
import { isOf, survivorOf } from '../tickets/index.ts'
import type { InspectionAct, SaidOfInspection } from './acts.ts'
import { plansFor } from './assets-of.ts'
import { cancelInspection } from './conclude.ts'
import { openOrJoin } from './open-inspection.ts'
import { ownAsset } from './reach.ts'
import { readMeter } from './read-meter.ts'

const longestReason = 500

interface Spoken {
  customer: string
  /** All names of the customer. */
  ids: readonly string[]
  conversation: string
  key: string
}

export async function hearOfInspection(
  core: Core,
  { customer, conversation, said }: Extract<InspectionAct, { do: 'customer_said' }>,
  key: string,
): Promise<void> {
  const { ids } = await identityOf(core.collections, customer)
  const spoken = { customer, ids, conversation, key }
  switch (said.do) {
    case 'decline_inspection':
      return decline(core, said, spoken)
    case 'put_off_visit':
      return putOff(core, said, spoken)
    case 'book_inspection':
      return book(core, said, spoken)
    case 'device_gone':
      return gone(core, said.asset, said.text, null, spoken)
    case 'read_meter':
      return read(core, said, spoken)
  }
}

async function decline(core: Core, { workOrder, why, text }: Extract<SaidOfInspection, { do: 'decline_inspection' }>, spoken: Spoken): Promise<void> {
  const { customer, ids, key } = spoken
  const order = await core.journal.load(workOrderStream, workOrder)
  const ticket = await survivorOf(core, order.ticket)
  if (!isOf(ticket, ids)) return
  const actor = { kind: 'customer', id: customer } as const
  for (const { _id, asset } of await core.collections.inspections.find({ ticket: ticket._id })) {
    await cancelInspection(core, _id, why, text, { actor, key: `${key}/cancel` })
    if (why === 'gone' && asset !== null) await gone(core, asset, text, ticket._id, spoken)
  }
}

/** No plan asks for it any more. Whose it is now, if anybody's, is for a person to find out. */
async function gone(core: Core, asset: string, text: string, ticket: string | null, { customer, ids, conversation, key }: Spoken): Promise<void> {
  const known = await ownAsset(core, asset, ids)
  if (known === undefined) return
  const on = Temporal.Instant.fromEpochMilliseconds(core.clock.now()).toZonedDateTimeISO(core.company().flow.timeZone).toPlainDate().toString()
  const retired = { on, reason: text === '' ? 'said by its customer' : text.slice(0, longestReason) }
  await setAsset(core, known.serial, { retired }, 'change', { actor: { kind: 'customer', id: customer }, key: `${key}/retire` })
  const about = `${known.serial} is said to be gone: ${text}`
  await raiseTask(core, `t_${digest('gone', key)}`, { kind: 'inspection', ticket, conversation, message: null, about })
}

/** Asked again in some days, unless a time was found meanwhile. */
async function putOff(core: Core, { workOrder, round }: Extract<SaidOfInspection, { do: 'put_off_visit' }>, { key }: Spoken): Promise<void> {
  const at = timestamp(core.clock.now() + core.company().inspections.askAgain)
  await arm(core, `${key}/again`, at, { kind: 'dispatch', act: { do: 'propose', workOrder, round, reason: 'new' } }, true)
}

/** One that is planned already is the same: its customer hears when, or chooses a time now. */
async function book(
  core: Core,
  { asset: id, device, words, messages, windows }: Extract<SaidOfInspection, { do: 'book_inspection' }>,
  { customer, ids, conversation, key }: Spoken,
): Promise<void> {
  const known = id === null ? undefined : await ownAsset(core, id, ids)
  const asset = known ?? { ...assetStream.begin(`as_${digest('unknown', key)}`), product: device === '' ? null : device }
  const plans = known === undefined ? [] : await plansFor(core, known)
  const plan = plans.find(({ kind }) => kind === 'inspection') ?? plans[0]
  const now = core.clock.now()
  const windowMs = plan?.windowMs ?? core.company().inspections.window
  const { channel } = (await core.journal.load(conversationStream, conversation)).place ?? { channel: 'webchat' }
  const { inspection, joined } = await openOrJoin(core, {
    asset,
    kind: plan?.kind ?? 'inspection',
    name: plan?.name ?? core.render(core.company().flow.language, 'inspection.name', {}),
    due: timestamp(now + windowMs),
    until: timestamp(now + 2 * windowMs),
    windowMs,
    checklist: plan?.checklist ?? [],
    skills: plan?.skills ?? [],
    durationMs: plan?.durationMs ?? null,
    occurrence: null,
    plan: null,
    actor: { kind: 'customer', id: customer },
    key: `${key}/book`,
    booked: { conversation, channel, customer, words, messages, windows },
  })
  if (joined) await tellOfOpen(core, inspection.ticket, conversation, key)
}

async function tellOfOpen(core: Core, ticket: string, conversation: string, key: string): Promise<void> {
  const [order] = (await workOf(core, ticket)).toReversed()
  const from = order?.appointment?.from
  if (order !== undefined && from === undefined && order.status === 'unscheduled')
    return void (await proposeTimes(core, order._id, { actor: { kind: 'system', id: null }, key: `${key}/propose` }))
  const { language } = await core.journal.load(conversationStream, conversation)
  const when = from === undefined ? '' : sayWhen(Date.parse(from), language, core.company().flow.timeZone)
  const say: Utterance[] = [
    { text: from === undefined ? 'inspection.open_already' : 'inspection.agreed_already', with: { number: ticket, when }, kind: 'statement', ticket },
  ]
  await arm(core, `${key}/tell`, timestamp(core.clock.now()), { kind: 'tell', conversation, ticket, say }, true)
}

async function read(
  core: Core,
  { asset: id, unit, value, replaced }: Extract<SaidOfInspection, { do: 'read_meter' }>,
  { customer, ids, key }: Spoken,
): Promise<void> {
  if ((await ownAsset(core, id, ids)) === undefined) return
  const result = await readMeter(core, { asset: id, unit, value, replaced }, { actor: { kind: 'customer', id: customer }, key: `${key}/read` })
  // A higher one came in between the question and the answer: nothing is lost, but a person has to see which is right.
  if (result.kind === 'refused')
    await raiseTask(core, `t_${digest('reading', key)}`, {
      kind: 'inspection',
      ticket: null,
      conversation: null,
      message: null,
      about: `${value} ${unit}: lower than the reading before`,
    })
}
