// Which conversation a message belongs to: what lies beside an open one, and where a new one begins.
import type { Router } from '../src/flow.ts'
import { readWay } from '../src/understanding/entities/way.ts'
import { hear } from './heard.ts'
import { declinesTime } from './visit-words.ts'

const none = {}
const complaint = { reason: 'complaint' }
/** From here an intent may interrupt an open conversation. */
const sure = 0.85

export const router: Router = {
  beside(messages, open) {
    // An engineer at work means the work.
    if (open === 'field' || open === 'checklist') return undefined
    const { intent, text, confidence, choice, entities } = hear(messages)
    if (choice !== undefined || entities.danger === true) return undefined
    // A second device has a form of its own; the first one goes on afterwards.
    if (open === 'report-repair' && entities.another === true && entities.symptom !== undefined) return { flow: 'report-repair', args: none }
    if (confidence < sure) return undefined
    switch (intent) {
      case 'talk_to_person':
        return { flow: 'talk-to-person', args: none }
      case 'complain':
        // To a survey it is an answer.
        return open === 'answer-survey' ? undefined : { flow: 'talk-to-person', args: complaint }
      case 'change_channel':
        // "Email me at …" answers a form's question how to reach somebody.
        return open === 'change-channel' || (open === 'report-repair' && readWay(text)?.lasting !== true) ? undefined : { flow: 'change-channel', args: none }
      case 'ask_status':
        return open === 'check-status' ? undefined : { flow: 'check-status', args: none }
      case 'thank':
      case 'greet':
        // A survey takes thanks for an answer.
        return open === 'report-repair' ? { flow: 'small-talk', args: { beside: open } } : undefined
      default:
        return undefined
    }
  },

  enter(messages, { engineer }) {
    if (engineer !== null) return { flow: 'field', args: none }
    const { intent, text, choice, entities, files } = hear(messages)
    if (choice === 'report-repair' || choice === 'check-status' || choice === 'talk-to-person') return { flow: choice, args: none }
    if (entities.danger === true) return { flow: 'report-repair', args: none }
    // To the offer to go on with a request begun elsewhere.
    if (choice === 'yes') return { flow: 'report-repair', args: none }
    if (choice === 'no') return { flow: 'small-talk', args: none }
    switch (intent) {
      case 'talk_to_person':
        return { flow: 'talk-to-person', args: none }
      case 'complain':
        return { flow: 'talk-to-person', args: complaint }
      case 'change_channel':
        return { flow: 'change-channel', args: none }
      case 'ask_status':
        return { flow: 'check-status', args: none }
      case 'approve':
      case 'decline':
        return { flow: 'answer-quote', args: none, otherwise: { flow: 'report-repair', args: none } }
      case 'cancel':
        return { flow: 'cancel-repair', args: none }
      case 'reschedule':
      case 'cancel_visit':
        return { flow: 'appointment', args: none, otherwise: { flow: 'report-repair', args: none } }
      case 'book_inspection':
        // With trouble told besides it is a repair.
        return { flow: entities.symptom === undefined ? 'book-inspection' : 'report-repair', args: none }
      case 'thank':
      case 'greet':
        return { flow: files.length > 0 ? 'report-repair' : 'small-talk', args: none }
      case 'none':
      case 'add_information':
      case 'deny':
      case 'later':
        // The time of a visit, if there is one to be agreed upon.
        if (files.length === 0 && entities.symptom === undefined && (entities.windows !== undefined || declinesTime(text)))
          return { flow: 'appointment', args: none, otherwise: { flow: 'report-repair', args: none } }
        return { flow: 'report-repair', args: none }
      default:
        // Anything else may be about a repair; that flow sorts it.
        return { flow: 'report-repair', args: none }
    }
  },

  notUnderstood: { flow: 'talk-to-person', args: { reason: 'not_understood' } },
}
