// The code that opens what is private on the page: sent to an address that is the customer's, good for this ticket's page only.
import { mayBegin, newPlace, rungsOf, waysTo } from '../../../delivery/ladder.ts'
import { sendCode } from '../../../delivery/one-time-code.ts'
import type { Core } from '../../../core.ts'
import { checkCode, verificationStream, type CodeVerdict } from '../../../customers/index.ts'
import { timestamp } from '../../../clock.ts'
import type { Actor } from '../../../journal/index.ts'
import { contactPointId, type ChannelName, type Language } from '../../../message.ts'
import type { Known } from './known.ts'

interface To {
  channel: ChannelName
  address: string
}

const codeOf = (number: string): string => `page_${number}`

/** Where we talk about the repair, if a code can be sent there and may be; else another address that is surely theirs. */
export async function codeAddress(core: Core, { conversation, customer }: Known): Promise<To | undefined> {
  const here = conversation?.place
  if (here && mayBegin(core, here.channel)) {
    const point = await core.collections.contactPoints.get(contactPointId(here.channel, here.address))
    if (point === undefined || (point.optedOut === null && point.bad === null)) return here
  }
  const { ways } = await waysTo(core, customer, null)
  return rungsOf(ways, new Set()).flatMap(({ channel, address }) =>
    channel !== null && mayBegin(core, channel) && newPlace(core, channel, address, '') ? { channel, address } : [],
  )[0]
}

/** Where a code is on its way to that still counts. */
export async function codeUnderWay(core: Core, number: string): Promise<string | undefined> {
  const verification = await core.journal.load(verificationStream, codeOf(number))
  return verification.state === 'sent' && verification.expiresAt > timestamp(core.clock.now()) ? verification.address : undefined
}

/** Once per `key`. False when too many were sent already. */
export function askForCode(core: Core, { number, customer }: Known, { channel, address }: To, language: Language, key: string): Promise<boolean> {
  return sendCode(core, { do: 'send_code', conversation: codeOf(number), channel, address, customer, language }, actorOf(customer), `page code/${key}`)
}

/** Judged where it is counted, so that many tries at once are as many. */
export async function tryCode(core: Core, { number, customer }: Known, code: string, key: string): Promise<CodeVerdict> {
  let verdict: CodeVerdict = 'expired'
  const changed = await core.journal.change(verificationStream, codeOf(number), {
    key: `page code tried/${key}`,
    decide(verification) {
      verdict = checkCode(verification, code, core.clock.now(), core.sign)
      if (verdict === 'expired') return { kind: 'nothing' }
      const type = verdict === 'right' ? 'verification.done' : 'verification.failed'
      return { kind: 'entry', actor: actorOf(customer), events: [{ type }], effects: [] }
    },
  })
  // Pressed twice: the second press is the first one.
  const done = changed.kind === 'repeated' && changed.entry.events.some(({ type }) => type === 'verification.done')
  return done && changed.state.expiresAt > timestamp(core.clock.now()) ? 'right' : verdict
}

function actorOf(customer: string): Actor {
  return { kind: 'customer', id: customer }
}
