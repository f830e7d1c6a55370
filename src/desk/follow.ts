// After every change of a ticket or its conversation the desk's faces are behind: an alarm brings them up to date.
import { arm } from '../alarms/arm.ts'
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import type { Consequence, Entry } from '../journal/index.ts'
import { ticketOf } from '../quotes/index.ts'

export async function follow(core: Core, entry: Entry): Promise<void> {
  if (!hasFace(core)) return
  for (const ticket of await ticketsOf(core, entry)) await showSoon(core, ticket, entry._id)
}

/** Each cause has an alarm of its own, so that none can be lost over another; a face that shows it all already has nothing to do. */
export async function showSoon(core: Core, ticket: string, cause: string): Promise<void> {
  if (!hasFace(core)) return
  await arm(core, `show/${ticket}/${cause}`, timestamp(core.clock.now()), { kind: 'show', ticket }, true)
}

/** On the card of its ticket; without one it is a notice of its own. */
export async function showTaskSoon(core: Core, task: string, ticket: string | null): Promise<void> {
  if (ticket !== null) return showSoon(core, ticket, task)
  if (hasFace(core)) await arm(core, `show_task/${task}`, timestamp(core.clock.now()), { kind: 'show_task', task }, true)
}

function hasFace({ channels }: Core): boolean {
  return [...channels.values()].some((channel) => channel.showTicket !== undefined)
}

async function ticketsOf(core: Core, entry: Entry): Promise<Set<string>> {
  const [kind, id = ''] = entry.stream.split('/')
  if (kind === 'ticket') return new Set([id])
  if (kind === 'quote') return new Set([ticketOf(id)])
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
