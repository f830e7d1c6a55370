// Has the real flows answer: what they still ask of a repair, and what they answer to words that are out of scope.
import type { FlowSettings } from '../../src/flow.ts'
import { repairFields } from '../../src/forms/form.ts'
import { chat, mail, sms, Talk } from '../../tests/support/talk.ts'
import type { Labelled } from './labels.ts'

/** A form is at its end after so many answers, or it never ends. */
const mostTurns = 16

export interface Repair {
  line: number
  /** Before the summary. */
  questions: number
  /** Asked although the message had told it. */
  askedTwice: string[]
}

export async function askRepair(line: Labelled, settings: FlowSettings): Promise<Repair | undefined> {
  const talk = talkOf(line, settings)
  await talk.say(line.text)
  const askedTwice: string[] = []
  let questions = 0
  while (questions < mostTurns) {
    const form = talk.memory.flows.findLast(({ name }) => name === 'report-repair')
    const { stage, asking } = stateOf(form?.state)
    if (form === undefined) return undefined
    if (stage === 'confirm') return { line: line.line, questions, askedTwice }
    questions++
    const fields = asking === undefined ? repairFields.filter((name) => name !== 'photos') : [asking]
    if (asking !== undefined && told(asking, line)) askedTwice.push(asking)
    await talk.say(fields.map((name) => (fields.length > 1 ? `${name}: ` : '') + answerTo(name, line)).join('\n'))
  }
  return { line: line.line, questions, askedTwice }
}

/** A question, or a person. */
export async function answersOutOfScope(line: Labelled, settings: FlowSettings): Promise<boolean> {
  const talk = talkOf(line, settings)
  await talk.say(line.text)
  const asked = talk.memory.askedAt === new Date(talk.now).toISOString()
  return asked || talk.did('hand_over').length > 0 || talk.did('open_task').length > 0
}

function talkOf({ channel, now }: Labelled, settings: FlowSettings): Talk {
  const abilities = channel === 'email' ? mail : channel === 'sms' || channel === 'whatsapp' ? sms : chat
  const talk = new Talk({ abilities, settings })
  if (now !== undefined) talk.now = now
  return talk
}

function stateOf(state: unknown): { stage?: string; asking?: (typeof repairFields)[number] } {
  if (typeof state !== 'object' || state === null || !('stage' in state) || !('asking' in state)) return {}
  const asking = repairFields.find((name) => name === state.asking)
  return { stage: String(state.stage), ...(asking === undefined ? {} : { asking }) }
}

function told(field: (typeof repairFields)[number], { slots }: Labelled): boolean {
  switch (field) {
    case 'contact':
      return slots.phone !== undefined || slots.email !== undefined
    case 'preferredTime':
      return slots.from !== undefined
    case 'photos':
      return false
    case 'product':
    case 'serial':
    case 'symptom':
    case 'address':
      return slots[field] !== undefined
  }
}

/** What a customer would say: what they said before, or something plain. */
function answerTo(field: (typeof repairFields)[number], { slots }: Labelled): string {
  switch (field) {
    case 'product':
      return slots.product ?? 'dishwasher'
    case 'serial':
      return slots.serial ?? 'skip'
    case 'symptom':
      return slots.symptom ?? 'it does not start'
    case 'address':
      return slots.address ?? '12 Elm Street'
    case 'contact':
      return slots.phone ?? slots.email ?? '415 555 0100'
    case 'preferredTime':
    case 'photos':
      return 'skip'
  }
}
