// Changing parts, bills of material and locations: what differs from what is wished becomes the event that says so.
import type { Doing, Taken } from '../assets/index.ts'
import type { Core } from '../core.ts'
import { differing, edit } from '../journal/index.ts'
import { billId, billStream, type Bill, type BillLine } from './bill.ts'
import { locationId, locationStream, type Location, type LocationFields } from './location.ts'
import { partId, partStream, type Part, type PartFields } from './part.ts'

type Mode = 'register' | 'change' | 'either'

export function setPart(core: Core, number: string, wish: Partial<PartFields>, mode: Mode, doing: Doing) {
  return edit<Part, Taken>(core.journal, partStream, partId(number), {
    ...doing,
    orBegin: mode !== 'change',
    act(part) {
      if (part.n === 0)
        return {
          events: [{ type: 'part.registered', number: number.trim(), fields: { name: wish.name ?? number.trim(), supersededBy: wish.supersededBy ?? null } }],
        }
      if (mode === 'register') return { refusal: { kind: 'taken' } }
      const fields = differing(part, wish)
      return fields === undefined ? undefined : { events: [{ type: 'part.described', fields }] }
    },
  })
}

/** These lines and no others. */
export function setBill(core: Core, product: string, lines: readonly BillLine[], doing: Doing) {
  return edit<Bill>(core.journal, billStream, billId(product), {
    ...doing,
    orBegin: true,
    act: (bill) => (bill.n > 0 && JSON.stringify(lines) === JSON.stringify(bill.lines) ? undefined : { events: [{ type: 'bill.set', product, lines }] }),
  })
}

export function setLocation(core: Core, name: string, wish: Partial<LocationFields>, mode: Mode, doing: Doing) {
  return edit<Location, Taken>(core.journal, locationStream, locationId(name), {
    ...doing,
    orBegin: mode !== 'change',
    act(location) {
      if (location.n === 0)
        return { events: [{ type: 'location.registered', name: name.trim(), fields: { kind: wish.kind ?? 'warehouse', engineer: wish.engineer ?? null } }] }
      if (mode === 'register') return { refusal: { kind: 'taken' } }
      const fields = differing(location, wish)
      return fields === undefined ? undefined : { events: [{ type: 'location.described', fields }] }
    },
  })
}
