// What became of everything that was acknowledged, read from outside after the storm.
import type { ReceivedMail } from '../support/mail-server.ts'
import type { Outside } from '../support/outside.ts'
import { mostIn10Minutes } from './pace.ts'
import type { Writer } from './writers.ts'

export interface Ledger {
  acknowledged: number
  kills: number
  /** Texts that are nowhere, and texts that are there more than once. */
  lost: string[]
  doubled: string[]
  /** Conversations in another order than they were written. */
  outOfOrder: number
  writers: { webchat: number; email: number }
  conversations: number
  tickets: number
  /** First answers that a customer got. */
  acknowledgements: number
  /** Inputs without a turn, and answers that neither went out nor were held back for a reason. */
  unhandled: number
  unsent: number
  /** Mails that reached customers, by Message-ID; how many came again after a crash; the most that one got in ten minutes. */
  mails: { different: number; again: number; mostIn10Minutes: number }
}

type Said = readonly { writer: Writer; texts: readonly string[] }[]

export async function keepLedger(desk: Outside, said: Said, mails: readonly ReceivedMail[]): Promise<Omit<Ledger, 'acknowledged' | 'kills'>> {
  const ids = new Set(mails.map(({ mail }) => mail.messageId))
  const customers = Map.groupBy(mails, ({ to }) => to.join())
  const ledger: Omit<Ledger, 'acknowledged' | 'kills'> = {
    lost: [],
    doubled: [],
    outOfOrder: 0,
    writers: { webchat: 0, email: 0 },
    conversations: 0,
    tickets: 0,
    acknowledgements: 0,
    unhandled: 0,
    unsent: 0,
    mails: {
      different: ids.size,
      again: mails.length - ids.size,
      mostIn10Minutes: Math.max(0, ...[...customers.values()].map((each) => mostIn10Minutes(each))),
    },
  }
  const conversations = await desk.conversations()
  for (const { writer, texts } of said) {
    ledger.writers[writer.channel]++
    const mine = conversations.filter((conversation) => writer.isMine(conversation))
    const messages = (await Promise.all(mine.map(({ id }) => desk.saidIn(id)))).flat().toReversed()
    ledger.conversations += mine.length
    ledger.tickets += new Set(mine.flatMap(({ tickets }) => tickets)).size
    const heard = messages.filter(({ direction }) => direction === 'inbound')
    const answers = messages.filter(({ direction }) => direction === 'outbound')
    for (const text of texts) {
      const times = heard.filter((message) => message.text === text).length
      if (times === 0) ledger.lost.push(text)
      if (times > 1) ledger.doubled.push(text)
    }
    if (JSON.stringify(heard.map(({ text }) => text)) !== JSON.stringify(texts)) ledger.outOfOrder++
    ledger.unhandled += heard.filter(({ state }) => state !== 'handled').length
    ledger.unsent += answers.filter(({ state }) => !['sent', 'delivered', 'read', 'suppressed'].includes(state)).length
    ledger.acknowledgements += answers.filter(({ acknowledgement, state }) => acknowledgement === true && state !== 'suppressed').length
  }
  return ledger
}

/** What the ledger says against the promises; empty when all were kept. */
export function brokenPromises(ledger: Ledger): string[] {
  const writers = ledger.writers.webchat + ledger.writers.email
  const checks: [string, boolean][] = [
    ['an acknowledged input is lost', ledger.lost.length > 0],
    ['an input is there twice', ledger.doubled.length > 0],
    ['a conversation is out of order', ledger.outOfOrder > 0],
    ['a writer has more or fewer than one conversation', ledger.conversations !== writers],
    ['a request has more or fewer than one ticket', ledger.tickets !== writers],
    ['a request has more or fewer than one acknowledgement', ledger.acknowledgements !== writers],
    ['an input had no turn', ledger.unhandled > 0],
    ['an answer is neither sent nor held back', ledger.unsent > 0],
    ['a customer got more than three automatic mails in ten minutes', ledger.mails.mostIn10Minutes > 3],
  ]
  return checks.flatMap(([promise, broken]) => (broken ? [promise] : []))
}
