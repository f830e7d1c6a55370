// Which team a ticket belongs to: the one chosen for it, else the one that has its product, else the default.
import type { Ticket } from '../tickets/index.ts'
import type { Team } from './settings.ts'

/** Undefined where the settings name no team. Pure. */
export function teamOf(teams: readonly Team[], ticket: Pick<Ticket, 'team' | 'fields'>): Team | undefined {
  const chosen = teams.find(({ name }) => name === ticket.team)
  if (chosen !== undefined) return chosen
  const product = ticket.fields.product?.trim().toLowerCase()
  const byProduct = product === undefined ? undefined : teams.find(({ products }) => products.some((each) => each.toLowerCase() === product))
  return byProduct ?? teams.find((team) => team.default) ?? teams[0]
}
