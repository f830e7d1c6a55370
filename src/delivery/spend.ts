// Asks the budget and spends from it, exactly: the journal of the contact point and of the mailbox decide, not a count that two may read.
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import { contactPointStream, type ContactPoint } from '../customers/index.ts'
import { contactPointId, digest, type OutboundMessage } from '../message.ts'
import { checkBudget, type BudgetVerdict } from './budget.ts'
import { mailboxStream, type Mailbox } from './mailbox.ts'

const windowMs = 600_000
const system = { kind: 'system', id: null } as const

type Refusal = Exclude<BudgetVerdict, { kind: 'free' } | { kind: 'spend' }>

/** Undefined when the message may go. Asking again for a message that has its share answers the same. */
export async function spendBudget(core: Core, message: OutboundMessage): Promise<Refusal | undefined> {
  const { mailBudget } = core.company()
  const { channel, account, address } = message.place
  const now = core.clock.now()
  if (message.cause === 'answer') {
    const box = await core.journal.change<Mailbox, Refusal>(mailboxStream, digest(channel, account), {
      key: `mailbox/${message._id}`,
      decide(mailbox) {
        const inside = mailbox.answers.filter((at) => at > timestamp(now - windowMs))
        const oldest = inside.at(-mailBudget.perMailbox10m)
        return oldest === undefined
          ? { kind: 'entry', actor: system, events: [{ type: 'mailbox.answered' }], effects: [] }
          : { kind: 'refused', refusal: { kind: 'wait', until: timestamp(Date.parse(oldest) + windowMs + 1) } }
      },
    })
    if (box.kind === 'refused') return box.refusal
  }
  const point = await core.journal.change<ContactPoint, Refusal>(contactPointStream, contactPointId(channel, address), {
    key: `answer/${message._id}`,
    decide(state) {
      const verdict = checkBudget(message, state, mailBudget, now)
      switch (verdict.kind) {
        case 'free':
          return { kind: 'nothing' }
        case 'spend':
          return {
            kind: 'entry',
            actor: system,
            effects: [],
            events: [{ type: 'contact_point.answered', conversation: message.conversation, acknowledgement: message.acknowledgement }],
          }
        default:
          return { kind: 'refused', refusal: verdict }
      }
    },
  })
  return point.kind === 'refused' ? point.refusal : undefined
}
