// Has the real flows answer: what they still ask of a repair, and what they answer to words that are out of scope.
import type { Effect, FlowSettings } from '../../src/flow.ts'
import { repairFields } from '../../src/forms/form.ts'
import { sayDay } from '../../src/hours/say-when.ts'
import { chat, mail, sms, Talk } from '../../tests/support/talk.ts'
import { letters } from './compare.ts'
import type { Labelled } from './labels.ts'
import type { Sure } from './measure.ts'

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

/**
 * Whether something is done with the value that the customer has not read before: the real flows are played up to the summary that asks whether
 * everything is right. What opens no form is acted on at once; what a wish does not need (the day of a visit that is called off) is not kept.
 */
export async function isKeptUnread({ line, slot, value }: Sure, settings: FlowSettings): Promise<boolean> {
  const { said, asked, effects } = await playToSummary(line, settings)
  const { timeZone } = settingsOf(line, settings)
  const done = JSON.stringify(effects)
  switch (slot) {
    case 'urgency':
      return true
    case 'from':
    case 'until': {
      const at = Date.parse(value)
      const kept = [...done.matchAll(/"(\d{4}-\d\d-\d\dT[^"]+)"/g)].some(([, instant]) => Date.parse(instant ?? '') === at)
      const day = (language: 'en' | 'zh') => sayDay(slot === 'until' ? at - 1 : at, language, timeZone)
      return kept && !(asked && (said.includes(day('en')) || said.includes(day('zh'))))
    }
    default: {
      // A phone number is kept as E.164 and told in groups.
      const text = letters(slot === 'phone' ? value.slice(-8) : value)
      return letters(done).includes(text) && !(asked && letters(said).includes(text))
    }
  }
}

interface Played {
  said: string
  /** Whether it came to the summary. */
  asked: boolean
  effects: readonly Effect[]
}

async function playToSummary(line: Labelled, settings: FlowSettings): Promise<Played> {
  const talk = talkOf(line, settings)
  let said = await talk.say(line.text)
  // What the customer says later is theirs again.
  const effects = [...talk.effects]
  for (let turn = 0; turn < mostTurns; turn++) {
    const { stage, asking } = stateOf(talk.memory.flows.findLast(({ name }) => name === 'report-repair')?.state)
    if (stage !== 'form') return { said, asked: stage === 'confirm', effects }
    const fields = asking === undefined ? repairFields.filter((name) => name !== 'photos') : [asking]
    said += `\n${await talk.say(fields.map((name) => (fields.length > 1 ? `${name}: ` : '') + answerTo(name, line)).join('\n'))}`
  }
  return { said, asked: false, effects }
}

/** A question, or a person. */
export async function answersOutOfScope(line: Labelled, settings: FlowSettings): Promise<boolean> {
  const talk = talkOf(line, settings)
  await talk.say(line.text)
  const asked = talk.memory.askedAt === new Date(talk.now).toISOString()
  return asked || talk.did('hand_over').length > 0 || talk.did('open_task').length > 0
}

function settingsOf({ timeZone }: Labelled, settings: FlowSettings): FlowSettings {
  return timeZone === undefined ? settings : { ...settings, timeZone }
}

function talkOf(line: Labelled, settings: FlowSettings): Talk {
  const { channel, now } = line
  const abilities = channel === 'email' ? mail : channel === 'sms' || channel === 'whatsapp' ? sms : chat
  const talk = new Talk({ abilities, settings: settingsOf(line, settings) })
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
