// After every change of a ticket, its conversation or the work for it the desk's faces are behind: an alarm brings them up to date.
import { arm } from '../alarms/arm.ts'
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import type { Consequence, Entry, Versioned } from '../journal/index.ts'

export async function follow(core: Core, entry: Entry, state: Versioned): Promise<void> {
  if (!hasFace(core)) return
  for (const ticket of await ticketsOf(core, entry, state)) await showSoon(core, ticket, entry._id, entry.stream)
}

/** Each cause has an alarm of its own, so that none can be lost over another; a face that shows it all already has nothing to do.
 * `after`: the stream whose change is to be there when it is drawn. */
export async function showSoon(core: Core, ticket: string, cause: string, after?: string): Promise<void> {
  if (!hasFace(core)) return
  await arm(core, `show/${ticket}/${cause}`, timestamp(core.clock.now()), { kind: 'show', ticket, ...(after === undefined ? {} : { after }) }, true)
}

/** On the card of its ticket; without one it is a notice of its own. */
export async function showTaskSoon(core: Core, task: string, ticket: string | null): Promise<void> {
  if (ticket !== null) return showSoon(core, ticket, task)
  if (hasFace(core)) await arm(core, `show_task/${task}`, timestamp(core.clock.now()), { kind: 'show_task', task }, true)
}

function hasFace({ channels }: Core): boolean {
  return [...channels.values()].some((channel) => channel.showTicket !== undefined)
}

/** What has a ticket and is shown on its card. */
const around = new Set(['work_order', 'part_request', 'quote', 'survey'])

/** A ticket that was merged into another is shown there. Read, not loaded: what is being finished further up may be that ticket. */
async function shownBy({ collections: { tickets } }: Core, state: Versioned): Promise<Set<string>> {
  if (!('ticket' in state) || typeof state.ticket !== 'string' || state.ticket === '') return new Set()
  return new Set([(await tickets.get(state.ticket))?.mergedInto ?? state.ticket])
}

async function ticketsOf(core: Core, entry: Entry, state: Versioned): Promise<Set<string>> {
  const [kind, id = ''] = entry.stream.split('/')
  if (kind === 'ticket') return new Set([id])
  if (kind !== undefined && around.has(kind)) return shownBy(core, state)
  if (kind !== 'conversation') return new Set()
  const named = entry.effects.flatMap(ticketOfEffect)
  const known = (await core.collections.conversations.get(id))?.ticket
  return new Set([...named, ...(known ? [known] : [])])
}

function ticketOfEffect(effect: Consequence): string[] {
  switch (effect.do) {
    case 'handled':
      return effect.messages.flatMap(({ ticket }) => ticket ?? [])
    case 'say':
      return effect.message.ticket === null ? [] : [effect.message.ticket]
    case 'ticket':
      return [effect.number]
    default:
      return []
  }
}
