// Runs a due document whose time has come, once in effect however often it is woken.
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import { helpUndelivered } from '../delivery/undelivered.ts'
import { ringDispatch } from '../dispatch/index.ts'
import { SendError, Unavailable, Unreadable } from '../errors.ts'
import { ringDigest, ringInsights } from '../insights/index.ts'
import { ringInspections } from '../inspections/index.ts'
import { processEvent } from '../intake/process-event.ts'
import { reconcile } from '../intake/reconcile.ts'
import { speak } from '../intake/speak.ts'
import { errorFields } from '../log.ts'
import { digest } from '../message.ts'
import { claimParts } from '../parts/index.ts'
import { expireQuote } from '../quotes/index.ts'
import { ringSla } from '../sla/index.ts'
import { expireSurvey, requestSurvey } from '../surveys/index.ts'
import { changeStatus, linkRepeat, proposeSameCase, recheck, ticketStream } from '../tickets/index.ts'
import { raiseTask } from '../tasks/index.ts'
import { replayRange } from '../webhooks/index.ts'
import { arm, wakeDue } from './arm.ts'
import type { Due } from './due.ts'

const retryMaxMs = 3_600_000

export async function runDue(core: Core, id: string): Promise<void> {
  const { due } = core.collections
  const document = await due.get(id)
  if (document === undefined || document.state === 'done') return
  if (document.notBefore > timestamp(core.clock.now())) return wakeDue(core, id, document.notBefore)
  try {
    await ring(core, document)
  } catch (error) {
    if (error instanceof Unavailable) throw error
    if (error instanceof Unreadable) return putAside(core, document, error)
    if (error instanceof SendError && error.retryAfterMs !== undefined) await wait(core, document, error.retryAfterMs)
    else await putOff(core, document, error)
    return
  }
  // Only if it was not set anew meanwhile.
  await due.update(id, { $set: { state: 'done' } }, { at: document.at })
  core.log.info('due', { due: id, kind: document.alarm.kind })
}

/** Once more, whatever came of it before. @throws what it throws. */
export async function ringAgain(core: Core, id: string): Promise<void> {
  const document = await core.collections.due.get(id)
  if (document !== undefined) await ring(core, document)
}

/** As things are trying again helps nothing: a person looks, and says when. */
async function putAside(core: Core, { _id, at }: Due, { reason: about }: Unreadable): Promise<void> {
  core.log.warn('due put aside', { due: _id, reason: about })
  await raiseTask(core, `t_${digest('unreadable', _id)}`, { kind: 'needs_review', ticket: null, conversation: null, message: null, about, due: _id })
  await core.collections.due.update(_id, { $set: { state: 'done' } }, { at })
}

/** A provider asked to slow down: nothing failed, and there is nothing for a person to look at. */
async function wait(core: Core, { _id, at }: Due, milliseconds: number): Promise<void> {
  const notBefore = timestamp(core.clock.now() + milliseconds)
  await core.collections.due.update(_id, { $set: { notBefore } }, { at })
  await wakeDue(core, _id, notBefore)
}

/** Tries again, ever more slowly; a person hears of it at the third failure. */
async function putOff(core: Core, document: Due, error: unknown): Promise<void> {
  const failures = document.failures + 1
  core.log.error('due failed', { due: document._id, kind: document.alarm.kind, count: failures, ...errorFields(error) })
  const notBefore = timestamp(core.clock.now() + Math.min(retryMaxMs, 1000 * 2 ** failures))
  await core.collections.due.update(document._id, { $set: { failures, notBefore } }, { at: document.at })
  if (failures === 3) await tellPerson(core, document)
  await wakeDue(core, document._id, notBefore)
}

/** A face of the desk that cannot show a ticket is one thing to look at, however much it does not show; and nobody would see it there. */
async function tellPerson(core: Core, { _id, alarm }: Due): Promise<void> {
  const ofFace = alarm.kind === 'show' || alarm.kind === 'show_task' || alarm.kind === 'warn'
  const about = {
    kind: 'needs_review',
    ticket: 'ticket' in alarm ? alarm.ticket : null,
    conversation: 'conversation' in alarm ? alarm.conversation : null,
    message: null,
  } as const
  await raiseTask(core, `t_due_${alarm.kind === 'show' ? `show/${alarm.ticket}` : _id}`, about, !ofFace)
}

async function ring(core: Core, { _id, at, alarm }: Due): Promise<void> {
  const key = `due/${_id}/${at}`
  switch (alarm.kind) {
    case 'tell':
    case 'ask':
    case 'wake':
    case 'reply':
    case 'merged':
    case 'moved':
    case 'control_timeout':
      return speak(core, alarm, key)
    case 'survey':
      return requestSurvey(core, alarm.ticket, alarm.resolution, key)
    case 'survey_expiry':
      return expireSurvey(core, alarm.survey, key)
    case 'quote_expiry':
      return expireQuote(core, alarm.quote, alarm.version, key)
    case 'reminder':
      return remind(core, alarm.ticket, alarm.version, key)
    case 'close': {
      const ticket = await core.journal.load(ticketStream, alarm.ticket)
      if (ticket.status === 'resolved' && ticket.statusVersion === alarm.version)
        await changeStatus(core, alarm.ticket, { to: 'closed', comment: null, actor: { kind: 'clock', id: null }, key, tell: false })
      return
    }
    case 'undelivered':
      return helpUndelivered(core, alarm.message, key)
    case 'provider_event':
      return processEvent(core, alarm)
    case 'show':
      if (alarm.after !== undefined) await core.journal.finish(alarm.after)
      for (const channel of core.channels.values()) await channel.showTicket?.(alarm.ticket, core.door)
      return
    case 'show_task':
      for (const channel of core.channels.values()) await channel.showTask?.(alarm.task, core.door)
      return
    case 'sla':
      return ringSla(core, alarm.ticket, key)
    case 'repeat':
      return linkRepeat(core, alarm.ticket)
    case 'same_case':
      return proposeSameCase(core, alarm.ticket)
    case 'warn':
      for (const channel of core.channels.values()) await channel.warnStaff?.({ ...alarm, key }, core.door)
      return
    case 'claim_parts':
      return claimParts(core, alarm.request)
    case 'entitlement':
      return recheck(core, alarm, key)
    case 'dispatch':
      return ringDispatch(core, alarm.act, key)
    case 'insights':
      return ringInsights(core, alarm)
    case 'digest':
      return ringDigest(core, alarm)
    case 'replay_webhooks':
      return replayRange(core, alarm, key)
    case 'inspection':
      return ringInspections(core, alarm.act, key)
    case 'reconcile':
      return reconcile(core, alarm.channel, alarm.since)
  }
}

/** Only while it is still the same wait. */
async function remind(core: Core, number: string, version: number, key: string): Promise<void> {
  const ticket = await core.journal.load(ticketStream, number)
  if (ticket.status !== 'pending' || ticket.statusVersion !== version || ticket.mergedInto !== null || ticket.conversation === null) return
  const say = [{ text: 'reminder.pending', with: { number, subject: ticket.subject }, kind: 'statement', ticket: number } as const]
  await arm(core, `${key}/tell`, timestamp(core.clock.now()), { kind: 'tell', conversation: ticket.conversation, say: [...say], ticket: number }, true)
}
