// What a customer is told about a check: a key of flows/texts/ and the days in it. Never whose the asset is or where it stands.
import type { Utterance } from '../flow.ts'
import type { Language } from '../message.ts'
import { showDate } from '../understanding/times/date.ts'
import type { Cover, Entitlement } from './entitlement.ts'

export function sayEntitlement({ reason, labour, parts }: Entitlement, language: Language, ticket: string): Utterance {
  const day = ({ until }: Cover): string => (until === null ? '' : showDate(until, language))
  const last = (labour.until ?? '') > (parts.until ?? '') ? labour : parts
  return { kind: 'statement', text: `entitlement.${reason}`, with: { number: ticket, labour: day(labour), parts: day(parts), until: day(last) }, ticket }
}

/** The same as news, where no person takes over in the same breath. */
export function tellEntitlement(entitlement: Entitlement, language: Language, ticket: string): Utterance[] {
  const said = sayEntitlement(entitlement, language, ticket)
  return entitlement.result === 'not_served' ? [said, { kind: 'statement', text: 'handover.not_served', ticket }] : [said]
}
