// A ticket for the eyes of whoever plays: a line for each thing known.
import type { Core } from '../../core.ts'
import { fieldLines } from './field-lines.ts'

export async function describeTicket(core: Core, number: string): Promise<string[]> {
  const card = await core.door.desk.card(number)
  if (card === undefined) return [`there is no ticket ${number}`]
  const { ticket, control, tasks } = card
  return [
    `${ticket.number}  ${ticket.subject}`,
    `status: ${ticket.status}${ticket.incomplete ? ', incomplete' : ''}; priority: ${ticket.priority}; channel: ${ticket.channel}; language: ${ticket.language}`,
    ...fieldLines(ticket.fields).map(({ name, value }) => `${name}: ${value}`),
    ...(ticket.satisfaction === null
      ? []
      : [`satisfaction: ${ticket.satisfaction.score}${ticket.satisfaction.comment === null ? '' : `, ${ticket.satisfaction.comment}`}`]),
    ...tasks.map(({ kind }) => `task for a person: ${kind}`),
    `speaks with the customer: ${control.owner}`,
  ]
}
