// Asks customers whether they want an offer: once, one at a time, where they may be written to and nowhere else; and takes their answer.
import { timestamp } from '../../clock.ts'
import { conversationStream } from '../../conversations/index.ts'
import type { Core } from '../../core.ts'
import { identityOf } from '../../customers/index.ts'
import { rungsOf, waysTo } from '../../delivery/ladder.ts'
import type { Consequence } from '../../journal/index.ts'
import { conversationId, type Place } from '../../message.ts'
import { categoryOf, statuses } from '../../tickets/index.ts'
import { opportunityStream, type Opportunity } from './opportunity.ts'

/** What waits longer for its turn is no news any more. */
const waitsMs = 30 * 86_400_000
const openStatuses = statuses.filter((status) => categoryOf(status) !== 'done')

/** Offers what is still to be offered, the oldest first. */
export async function sendOffers(core: Core): Promise<void> {
  const { opportunities } = core.collections
  const since = timestamp(core.clock.now() - waitsMs)
  const waiting = await opportunities.find({ createdAt: { $gt: since }, offer: true, offeredAt: null }, { sort: { createdAt: 1 } })
  for (const opportunity of waiting) if (opportunity.judged?.verdict !== 'dismissed' && isOffered(core, opportunity)) await sendOffer(core, opportunity)
}

/** The company may have thought better of it since. */
function isOffered(core: Core, { kind }: Opportunity): boolean {
  return core.company().insights.opportunities.offers.some((each) => each === kind)
}

async function sendOffer(core: Core, { _id, customer }: Opportunity): Promise<void> {
  const { opportunities, tickets } = core.collections
  const { id, ids } = await identityOf(core.collections, customer)
  const lately = timestamp(core.clock.now() - core.company().insights.opportunities.customerEvery)
  if ((await opportunities.count({ customer: { $in: ids }, offeredAt: { $gt: lately } })) > 0) return
  // Whose repair is under way has something else in mind.
  if ((await tickets.count({ 'customer.id': { $in: ids }, status: { $in: openStatuses }, mergedInto: null, spam: false })) > 0) return
  const { ways, placeOf } = await waysTo(core, id, null)
  const [rung] = rungsOf(ways, new Set())
  const place = rung === undefined ? undefined : placeOf(rung)
  if (place === undefined) return
  const conversation = await beginWith(core, id, ids, place)
  await core.journal.change<Opportunity>(opportunityStream, _id, {
    key: `offer/${_id}`,
    decide: ({ offeredAt, kind, about }) =>
      offeredAt !== null
        ? { kind: 'nothing' }
        : {
            kind: 'entry',
            actor: { kind: 'clock', id: null },
            events: [{ type: 'opportunity.offered', conversation }],
            effects: [
              {
                do: 'arm',
                at: timestamp(core.clock.now()),
                alarm: {
                  kind: 'ask',
                  conversation,
                  flow: 'answer-offer',
                  args: { opportunity: _id, kind, ...about },
                },
              },
            ],
          },
  })
}

/** Where they may never have written to us. */
async function beginWith(core: Core, customer: string, ids: readonly string[], place: Place): Promise<string> {
  const id = conversationId(place)
  const [last] = await core.collections.conversations.find({ customer: { $in: ids } }, { sort: { updatedAt: -1 }, limit: 1 })
  const language = last?.language ?? core.company().flow.language
  await core.journal.change(conversationStream, id, {
    key: `begin/${id}`,
    decide: ({ place: known }) =>
      known !== null
        ? { kind: 'nothing' }
        : { kind: 'entry', actor: { kind: 'system', id: null }, events: [{ type: 'conversation.began', place, customer, language }], effects: [] },
  })
  return id
}

type Answered = Extract<Consequence, { do: 'answer_offer' }>

/** A yes, and words that somebody must read, are a task for sales; the same answer again is no change. */
export async function answerOffer(
  core: Core,
  { opportunity: id, answer, words, message, conversation }: Answered,
  customer: string | null,
  key: string,
): Promise<void> {
  await core.journal.change<Opportunity>(opportunityStream, id, {
    key,
    decide(opportunity) {
      if (opportunity.offeredAt === null || (opportunity.answered?.answer === answer && opportunity.answered.words === words)) return { kind: 'nothing' }
      const said = answer === 'yes' ? 'The customer wants an offer' : 'The customer answered our question about an offer'
      const about = `${said}: "${words}". ${opportunity.reason}`
      return {
        kind: 'entry',
        actor: { kind: 'customer', id: customer },
        events: [{ type: 'opportunity.answered', answer, words, message }],
        effects: answer === 'no' ? [] : [{ do: 'open_task', kind: 'sales', ticket: null, conversation, message, about, once: `sales/${id}/${answer}` }],
      }
    },
  })
}
