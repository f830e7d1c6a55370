// Carries out what a committed entry sets in motion. Every effect finds its own work done when it is repeated under its key.
import { arm } from '../alarms/arm.ts'
import { appendMessage, referenceId, rememberThread, tokenId } from '../conversations/index.ts'
import { noteInspection, setAsset, setSite } from '../assets/index.ts'
import type { Core } from '../core.ts'
import { contactPointStream, customerStream, verificationStream, verifyAddress } from '../customers/index.ts'
import { recordConsent } from '../delivery/consent.ts'
import { sendCode } from '../delivery/one-time-code.ts'
import { mergeByWord, tellApart } from '../desk/index.ts'
import { openPlanned } from '../dispatch/index.ts'
import { wakeDelivery } from '../delivery/wake.ts'
import { Unavailable } from '../errors.ts'
import { answerOffer } from '../insights/opportunities/index.ts'
import type { Consequence, Entry } from '../journal/index.ts'
import { errorFields } from '../log.ts'
import { contactPointId, digest } from '../message.ts'
import { decideInConversation } from '../quotes/index.ts'
import { changeStock, freeParts, meetRequests, setBill, setLocation, setPart, useParts } from '../parts/index.ts'
import { answerSurvey } from '../surveys/index.ts'
import { applyTicketChange, compareAnew, recheckSoon, recordMerge, ticketStream } from '../tickets/index.ts'
import { raiseTask, settleTask, settleTasks } from '../tasks/index.ts'

/**
 * An effect that can never work must not hold up its stream for ever: it goes to a person, by the entry's id, and the rest goes on.
 * Only an engine that is away is worth trying again.
 */
export async function carryOut(core: Core, effect: Consequence, key: string, entry: Entry): Promise<void> {
  try {
    await perform(core, effect, key, entry)
  } catch (error) {
    if (error instanceof Unavailable) throw error
    core.metrics.effectsFailed.inc()
    core.log.error('effect given to a person', { entry: entry._id, kind: effect.do, ...errorFields(error) })
    await raiseTask(core, `t_${digest('failed', key)}`, { kind: 'needs_review', ticket: null, conversation: null, message: null })
  }
}

async function perform(core: Core, effect: Consequence, key: string, entry: Entry): Promise<void> {
  const { messages, threads } = core.collections
  const customer = entry.actor.kind === 'customer' ? entry.actor.id : null
  switch (effect.do) {
    case 'say': {
      const { message } = effect
      const { kind, message: stored } = await appendMessage(messages, { ...message, createdAt: entry.at })
      // Where the customer reads from the store, this was the delivery; the others are counted when they are sent.
      if (kind === 'stored' && message.state !== 'queued') core.metrics.deliveries.inc({ channel: message.channel, state: message.state })
      if (message.providerId !== null) await rememberThread(threads, [referenceId(message.providerId), tokenId(message.replyToken)], message.place)
      if (stored.state === 'queued') await wakeDelivery(core, stored.conversation)
      else await core.queues.publish(stored.conversation, 'messages')
      return
    }
    case 'handled':
      for (const { id, ticket, state } of effect.messages)
        await messages.update(id, { $set: { state, ...(ticket === null ? {} : { ticket }) } }, { state: { $in: ['received', 'needs_review'] } })
      return
    case 'attach':
      for (const id of effect.messages) await messages.update(id, { $set: { ticket: effect.ticket } })
      return
    case 'ticket':
      return applyTicketChange(core, effect.number, effect.change, entry.actor, key)
    case 'merge_ticket':
      return recordMerge(core, effect.number, effect.event, entry.actor, key)
    case 'merge_tickets': {
      // The other one may be over by now: what the customer said stays, for a person to see.
      if (!(await mergeByWord(core, effect.from, effect.into, { actor: entry.actor, key })))
        await raiseTask(core, `t_${digest('not_merged', key)}`, { kind: 'new_information', ticket: effect.from, conversation: null, message: null })
      return
    }
    case 'tell_apart':
      await tellApart(core, effect.one, effect.other, { actor: entry.actor, key })
      return
    case 'rate_ticket':
      await core.journal.change(ticketStream, effect.number, {
        key,
        decide: (ticket) =>
          ticket.n === 0
            ? { kind: 'nothing' }
            : { kind: 'entry', actor: entry.actor, events: [{ type: 'ticket.rated', score: effect.score, comment: effect.comment }], effects: [] },
      })
      return
    case 'know_contact_point':
      await core.journal.change(contactPointStream, contactPointId(effect.channel, effect.address), {
        key,
        decide(point) {
          const { do: _, ...known } = effect
          if (point.channel === null) return { kind: 'entry', actor: entry.actor, events: [{ type: 'contact_point.known', ...known }], effects: [] }
          return effect.verified && !point.verified
            ? { kind: 'entry', actor: entry.actor, events: [{ type: 'contact_point.verified' }], effects: [] }
            : { kind: 'nothing' }
        },
      })
      await describeCustomer(
        core,
        effect.customer,
        {
          ...(effect.name === null ? {} : { name: effect.name }),
          ...(effect.channel === 'email' ? { email: effect.address } : {}),
        },
        `${key}/customer`,
        entry,
      )
      return
    case 'consent':
      return recordConsent(core, effect.point, effect, entry.actor, key)
    case 'prefer':
      await core.journal.change(customerStream, effect.customer, {
        key,
        decide: ({ prefers }) =>
          prefers?.channel === effect.channel && prefers.point === effect.point
            ? { kind: 'nothing' }
            : { kind: 'entry', actor: entry.actor, events: [{ type: 'customer.preferred', channel: effect.channel, point: effect.point }], effects: [] },
      })
      return
    case 'send_code':
      await sendCode(core, effect, entry.actor, key)
      return
    case 'miss_code':
      await core.journal.change(verificationStream, effect.conversation, {
        key,
        decide: () => ({ kind: 'entry', actor: entry.actor, events: [{ type: 'verification.failed' }], effects: [] }),
      })
      return
    case 'verify_address':
      await core.journal.change(verificationStream, effect.conversation, {
        key: `${key}/done`,
        decide: () => ({ kind: 'entry', actor: entry.actor, events: [{ type: 'verification.done' }], effects: [] }),
      })
      await verifyAddress(core, effect.channel, effect.address, effect.customer, entry.actor, key)
      return compareAnew(core, effect.customer, key)
    case 'describe_customer': {
      const { do: _, customer: id, ...described } = effect
      return describeCustomer(core, id, described, key, entry)
    }
    case 'answer_survey':
      return answerSurvey(core, effect.survey, effect, customer, key)
    case 'answer_quote': {
      const { quote, version, decision, conversation, channel: where, address, message, text } = effect
      const evidence = { at: entry.at, by: entry.actor, onBehalf: false, where, address, message, text }
      return decideInConversation(core, { quote, version, decision, evidence }, conversation, key)
    }
    case 'answer_offer':
      return answerOffer(core, effect, customer, key)
    case 'arm':
      return arm(core, effect.id ?? digest('due', key), effect.at, effect.alarm, effect.id === undefined)
    case 'settle_tasks':
      return settleTasks(core, effect, entry.at)
    case 'recheck_entitlement':
      return recheckSoon(core, effect, key)
    case 'set_asset':
      return void (await setAsset(core, effect.serial, effect.wish, 'either', { actor: entry.actor, key }))
    case 'set_site':
      return void (await setSite(core, effect.name, effect.customer, effect.fields, 'either', { actor: entry.actor, key }))
    case 'set_part':
      return void (await setPart(core, effect.number, effect.wish, 'either', { actor: entry.actor, key }))
    case 'set_location':
      return void (await setLocation(core, effect.name, effect.fields, 'either', { actor: entry.actor, key }))
    case 'set_bill':
      return void (await setBill(core, effect.product, effect.lines, { actor: entry.actor, key }))
    case 'stock': {
      const changed = await changeStock(core, effect.location, effect.part, effect.act, { actor: entry.actor, key })
      if (changed.kind === 'refused') throw new Error(`stock refused ${effect.act.act}: ${changed.refusal.kind}`)
      return
    }
    case 'meet_requests':
      return meetRequests(core, effect.location, effect.part, key)
    case 'use_parts':
      return useParts(core, effect, key, entry)
    case 'open_visit': {
      const { ticket, subject, skills, duration, window } = effect
      const wanted = { ticket, subject, skills: skills ?? undefined, duration: duration ?? undefined, window: window ?? undefined }
      return openPlanned(core, { kind: 'visit', ...wanted }, key)
    }
    case 'note_inspection': {
      const { inspection, kind, failed } = effect
      return void (await noteInspection(core, effect.asset, { inspection, kind, failed }, { actor: entry.actor, key }))
    }
    case 'free_parts':
      return void (await freeParts(core, [effect.ticket], { actor: entry.actor, key }))
    case 'settle_task':
      return settleTask(core, `t_${digest('task', effect.once)}`, entry.at)
    case 'open_task': {
      const { do: _, once = key, ...about } = effect
      return raiseTask(core, `t_${digest('task', once)}`, about)
    }
  }
}

async function describeCustomer(
  core: Core,
  id: string,
  described: { name?: string; email?: string; phone?: string },
  key: string,
  entry: Entry,
): Promise<void> {
  await core.journal.change(customerStream, id, {
    key,
    decide: (customer) =>
      customer.n > 0 && Object.entries(described).every(([field, value]) => Object.entries(customer).some(([name, known]) => name === field && known === value))
        ? { kind: 'nothing' }
        : { kind: 'entry', actor: entry.actor, events: [{ type: 'customer.described', ...described }], effects: [] },
  })
}
