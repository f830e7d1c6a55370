// From a flow's effects to what the journal carries out.
import { placeOf } from './ask-bot.ts'
import type { TurnResult } from '../bot/turn.ts'
import { timestamp } from '../clock.ts'
import type { Conversation } from '../conversations/index.ts'
import type { Core } from '../core.ts'
import type { Effect } from '../flow.ts'
import type { Alarm, Consequence } from '../journal/index.ts'
import { contactPointId, type ChannelName, type InboundMessage } from '../message.ts'

interface Turn {
  channel: ChannelName
  customer: string
  burst: readonly InboundMessage[]
  /** Milliseconds since the epoch. */
  now: number
}

export function consequencesOf(core: Core, state: Conversation, result: TurnResult, turn: Turn): Consequence[] {
  return result.effects.flatMap((effect) => consequenceOf(core, state, result, effect, turn))
}

function consequenceOf(core: Core, state: Conversation, result: TurnResult, effect: Effect, turn: Turn): Consequence[] {
  switch (effect.do) {
    case 'open_ticket': {
      const now = timestamp(turn.now)
      return [
        {
          do: 'ticket',
          number: effect.number,
          change: {
            change: 'open',
            ticket: {
              _id: effect.number,
              statusSince: now,
              priority: effect.priority,
              channel: turn.channel,
              subject: effect.subject,
              description: effect.description,
              language: result.language,
              customer: { id: turn.customer, name: effect.fields.contactName ?? turn.burst[0]?.from.name ?? null },
              conversation: state._id,
              fields: effect.fields,
              ...(effect.follows === undefined ? {} : { follows: effect.follows }),
              createdAt: now,
            },
          },
        },
        ...(effect.follows === undefined ? [] : [{ do: 'ticket', number: effect.follows, change: { change: 'followed', by: effect.number } } as const]),
      ]
    }
    case 'fill_ticket':
      return [
        {
          do: 'ticket',
          number: effect.number,
          change: { change: 'describe', fields: effect.fields, ...(effect.subject === undefined ? {} : { subject: effect.subject }) },
        },
      ]
    case 'accept_ticket':
      return [{ do: 'ticket', number: effect.number, change: { change: 'status', to: 'accepted', comment: null } }]
    case 'cancel_ticket':
      return [{ do: 'ticket', number: effect.number, change: { change: 'status', to: 'cancelled', comment: effect.comment } }]
    case 'reopen_ticket':
      return [{ do: 'ticket', number: effect.number, change: { change: 'status', to: 'in_progress', comment: effect.comment } }]
    case 'mark_incomplete':
      return [{ do: 'ticket', number: effect.number, change: { change: 'mark', incomplete: effect.incomplete } }]
    case 'continue_there':
      return [
        {
          do: 'arm',
          at: timestamp(turn.now),
          alarm: { kind: 'ask', conversation: state._id, flow: effect.flow, args: { continue: effect.number, ticket: effect.number } },
        },
      ]
    case 'take_up':
      return [
        { do: 'ticket', number: effect.number, change: { change: 'moved', conversation: state._id } },
        { do: 'arm', at: timestamp(turn.now), alarm: { kind: 'moved', conversation: effect.from, ticket: effect.number, tell: effect.tell } },
      ]
    case 'attach':
      return [{ do: 'attach', messages: [...effect.messages], ticket: effect.number }]
    case 'merge_tickets':
    case 'tell_apart':
      return [effect]
    case 'acknowledge':
      return [{ do: 'ticket', number: effect.number, change: { change: 'acknowledged', message: effect.message } }]
    case 'answer_survey':
      return [{ do: 'answer_survey', survey: effect.survey, score: effect.score ?? null, comment: effect.comment ?? null, channel: turn.channel }]
    case 'answer_quote': {
      const { quote, version, decision, text, message } = effect
      return [
        { do: 'answer_quote', quote, version, decision, conversation: state._id, channel: turn.channel, address: state.place?.address ?? null, message, text },
      ]
    }
    case 'answer_offer':
      return [{ ...effect, conversation: state._id }]
    case 'describe_customer': {
      const { do: _, ...described } = effect
      return [{ do: 'describe_customer', customer: turn.customer, ...described }]
    }
    case 'prefer':
      return [{ do: 'prefer', customer: turn.customer, channel: effect.way, point: effect.point }]
    case 'send_code':
      return [{ do: 'send_code', conversation: state._id, channel: effect.way, address: effect.address, customer: turn.customer, language: result.language }]
    case 'miss_code':
      return [{ do: 'miss_code', conversation: state._id }]
    case 'verify_address': {
      const { way: channel, address } = effect
      return [
        { do: 'verify_address', conversation: state._id, channel, address, customer: turn.customer },
        { do: 'prefer', customer: turn.customer, channel, point: contactPointId(channel, address) },
        { do: 'describe_customer', customer: turn.customer, ...(channel === 'email' ? { email: address } : { phone: address }) },
      ]
    }
    case 'offer_slots':
    case 'choose_slot':
    case 'call_off': {
      const alarm: Alarm = { kind: 'dispatch', act: { do: 'customer_said', customer: turn.customer, conversation: state._id, said: effect } }
      return [{ do: 'arm', at: timestamp(turn.now), alarm }]
    }
    case 'decline_inspection':
    case 'put_off_visit':
    case 'book_inspection':
    case 'device_gone':
    case 'read_meter': {
      const alarm: Alarm = { kind: 'inspection', act: { do: 'customer_said', customer: turn.customer, conversation: state._id, said: effect } }
      return [{ do: 'arm', at: timestamp(turn.now), alarm }]
    }
    case 'check_item': {
      const { workOrder, check } = effect
      const alarm: Alarm = { kind: 'inspection', act: { do: 'checked', conversation: state._id, place: placeOf(state), workOrder, check } }
      return [{ do: 'arm', at: timestamp(turn.now), alarm }]
    }
    case 'finish_inspection': {
      const { workOrder, checks } = effect
      const alarm: Alarm = { kind: 'inspection', act: { do: 'finished', conversation: state._id, place: placeOf(state), workOrder, checks } }
      return [{ do: 'arm', at: timestamp(turn.now), alarm }]
    }
    case 'go_through': {
      const args = { workOrder: effect.workOrder }
      return [{ do: 'arm', at: timestamp(turn.now), alarm: { kind: 'ask', conversation: state._id, flow: 'checklist', args } }]
    }
    case 'say_of_work':
      return [
        {
          do: 'arm',
          at: timestamp(turn.now),
          alarm: {
            kind: 'dispatch',
            act: { do: 'engineer_said', conversation: state._id, place: placeOf(state), workOrder: effect.workOrder, said: effect.said },
          },
        },
      ]
    case 'hand_over': {
      const until = timestamp(turn.now + core.company().agentTimeoutMs)
      return [
        { do: 'open_task', kind: 'handover', ticket: effect.ticket ?? state.ticket, conversation: state._id, message: turn.burst.at(-1)?._id ?? null },
        { do: 'arm', id: `control/${state._id}`, at: until, alarm: { kind: 'control_timeout', conversation: state._id } },
      ]
    }
    case 'open_task':
      return [{ do: 'open_task', kind: effect.kind, ticket: effect.ticket ?? state.ticket, conversation: state._id, message: turn.burst.at(-1)?._id ?? null }]
    case 'wake':
      return [{ do: 'arm', id: `wake/${effect.kind}/${state._id}`, at: effect.at, alarm: { kind: 'wake', conversation: state._id, wake: effect.kind } }]
  }
}
