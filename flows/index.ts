// The one list of conversations.
import type { Flows } from '../src/flow.ts'
import { answerOffer } from './answer-offer.ts'
import { answerQuote } from './answer-quote.ts'
import { answerSurvey } from './answer-survey.ts'
import { appointment } from './appointment.ts'
import { bookInspection } from './book-inspection.ts'
import { cancelRepair } from './cancel-repair.ts'
import { changeChannel } from './change-channel.ts'
import { checklist } from './checklist.ts'
import { checkStatus } from './check-status.ts'
import { field } from './field.ts'
import { readMeter } from './read-meter.ts'
import { withEntitlement } from './repair/entitled.ts'
import { reportRepair } from './report-repair.ts'
import { router } from './router.ts'
import { smallTalk } from './small-talk.ts'
import { talkToPerson } from './talk-to-person.ts'

export const flows: Flows = {
  all: [
    withEntitlement(reportRepair),
    checkStatus,
    answerSurvey,
    answerQuote,
    answerOffer,
    talkToPerson,
    changeChannel,
    cancelRepair,
    appointment,
    readMeter,
    bookInspection,
    field,
    checklist,
    smallTalk,
  ],
  router,
}
