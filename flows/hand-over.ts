// What is said when a person takes over: at once, or when people are back.
import type { FlowContext, Utterance } from '../src/flow.ts'
import { sayWhen } from '../src/hours/say-when.ts'
import { statement } from './say.ts'

export function takesOver(
  reason: 'asked' | 'not_understood' | 'safety' | 'complaint' | 'not_served',
  ticket: string | null,
  { people, language, settings }: FlowContext,
): Utterance {
  if (people.here) return statement(`handover.${reason}`, {}, ticket)
  if (people.backAt === null) return statement('away', {}, ticket)
  return statement(`handover.${reason}_away`, { when: sayWhen(people.backAt, language, settings.timeZone) }, ticket)
}
