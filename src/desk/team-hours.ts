// When somebody is there for a ticket: its team's hours, else the company's; and when they are back.
import type { Company } from '../company.ts'
import type { People } from '../flow.ts'
import { nextOpening, type Hours } from '../hours/index.ts'
import type { Ticket } from '../tickets/index.ts'
import { teamOf } from './teams.ts'

/** Null: always. */
export function hoursOf(company: Pick<Company, 'hours' | 'teamHours' | 'teams'>, ticket: Pick<Ticket, 'team' | 'fields'> | undefined): Hours | null {
  const team = teamOf(company.teams, ticket ?? { team: null, fields: {} })
  return (team === undefined ? undefined : company.teamHours.get(team.name)) ?? company.hours
}

export function peopleAt(hours: Hours | null, now: number): People {
  const opening = nextOpening(hours, now)
  return opening === now ? { here: true } : { here: false, backAt: opening ?? null }
}
