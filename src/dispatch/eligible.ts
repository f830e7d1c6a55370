// The hard filters: who cannot do a work order, with the reason in words for each. Pure.
import type { Engineer } from './engineer.ts'
import { kmBetween, plainPostcode, type Site } from './place.ts'
import type { Misfit } from './fits.ts'
import type { WorkOrder } from './work-order.ts'

export interface Reason {
  filter: 'left' | 'skills' | 'territory' | 'gave_back' | 'calendar' | 'parts'
  text: string
}

type Able = Pick<Engineer, '_id' | 'active' | 'skills' | 'territory'>
type Wanted = Pick<WorkOrder, 'skills' | 'site' | 'rejections' | 'appointment'>

/** What speaks against them whatever the time; none when they are able. */
export function reasonsAgainst(engineer: Able, order: Wanted): Reason[] {
  const lacking = order.skills.filter((skill) => !engineer.skills.some((has) => sameWord(has.skill, skill)))
  // Another time is another question.
  const gaveBack = order.rejections.findLast(({ engineer: by, from }) => by === engineer._id && from === (order.appointment?.from ?? null))
  return [
    ...(engineer.active ? [] : [{ filter: 'left', text: 'works here no more' } as const]),
    ...(lacking.length === 0 ? [] : [{ filter: 'skills', text: `lacks ${lacking.join(', ')}` } as const]),
    ...(goesTo(engineer, order.site) ? [] : [{ filter: 'territory', text: `does not go to ${order.site.postcode ?? 'that place'}` } as const]),
    ...(gaveBack === undefined ? [] : [{ filter: 'gave_back', text: `gave it back: ${gaveBack.reason}` } as const]),
  ]
}

export function calendarReason(misfit: Misfit): Reason {
  return { filter: 'calendar', text: misfitWords[misfit] }
}

export const misfitWords: Readonly<Record<Misfit, string>> = {
  day_off: 'does not work on that day',
  outside_hours: 'does not work at that time',
  day_full: 'has as many visits on that day as a day holds',
  booked: 'has another visit at that time',
  too_far: 'cannot be there in time from the visit before, or at the one after',
}

/** Where nobody knows where it is, nobody is left out for it. */
function goesTo({ territory: { postcodes, around } }: Able, { postcode, point }: Site): boolean {
  if (postcodes.length === 0 && around === null) return true
  const byPostcode =
    postcode === null || postcodes.length === 0 ? undefined : postcodes.some((prefix) => plainPostcode(postcode).startsWith(plainPostcode(prefix)))
  const byDistance = point === null || around === null ? undefined : kmBetween(point, around) <= around.km
  return byPostcode === true || byDistance === true || (byPostcode === undefined && byDistance === undefined)
}

function sameWord(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase()
}
