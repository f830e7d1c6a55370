// A crash at any step repeats no effect and loses none: a process dies before and after every write, file, turn, queue add and provider call,
// the next one ends up where a life without a death does.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFolder, createProvider, live, scriptedBot, type Death, type Life, type Provider } from '../support/life.ts'
import { eventually } from '../support/processes.ts'
import { addresses, goingOn, merge, repair, sameCase, survey, type Scenario } from './scenarios.ts'

/**
 * The suite dies at each step that a scenario names and at some of the others, chosen by the seed; `npm run torture` sets KILLS=all.
 */
function shareOf(scenario: Scenario, steps: readonly string[]): readonly string[] {
  if (process.env['KILLS'] === 'all') return steps
  const every = scenario === repair ? 3 : 12
  const first = (fc.readConfigureGlobal().seed ?? Date.now()) % every
  return steps.filter((step, index) => index % every === first || (scenario === repair && scenario.steps.includes(step)))
}

async function begin({ bot = scriptedBot, yaml = '', also = [] }: Scenario, folder: string, provider: Provider, death?: Death): Promise<Life> {
  return live({ folder, provider, bot, yaml, also, ...(death === undefined ? {} : { death }) })
}

/** Resolves when all is said and done. */
async function settled(life: Life, provider: Provider, answers: number, where: string): Promise<void> {
  const { messages, due } = life.core.collections
  const isSettled = async () => {
    if (provider.sent.length < answers) return undefined
    const waiting = await messages.count({ state: { $in: ['received', 'queued', 'sending'] } })
    const overdue = await due.count({ state: 'waiting', notBefore: { $lte: new Date().toISOString() } })
    return waiting + overdue + (await life.core.journal.unfinished('9', 10)).length === 0 ? true : undefined
  }
  await eventually(isSettled, `an end, ${where}`)
}

/** All that a life leaves behind, but for names and times. */
async function outcome({ scattered }: Scenario, life: Life, provider: Provider) {
  const { messages, tickets, receipts, tasks, customers, contactPoints, conversations, surveys, due } = life.core.collections
  const named = (text: string) => text.replaceAll(/R-[0-9A-Z]{7}/g, 'R-')
  const inOrder = (texts: readonly string[]) => (scattered === true ? texts.map(named).toSorted() : texts.map(named))
  const [all, alarms] = [await messages.find({}, { sort: { createdAt: 1, seq: 1 } }), await due.find({})]
  return {
    said: inOrder(provider.sent.map(({ text }) => text)),
    heard: all.flatMap((message) => (message.direction === 'inbound' ? [{ text: message.text, state: message.state, tied: message.ticket !== null }] : [])),
    answers: inOrder(all.flatMap((message) => (message.direction === 'outbound' ? [`${message.text}: ${message.state}, ${message.reason}`] : []))),
    tickets: (await tickets.find({})).map(({ n, status, fields, incomplete, satisfaction, mergedInto, merged }) => ({
      n,
      status,
      fields,
      incomplete,
      score: satisfaction?.score,
      alive: mergedInto === null,
      merged: merged.length,
    })),
    conversations: (await conversations.find({})).map(({ n, controlOwner }) => ({ n, controlOwner })),
    customers: (await customers.find({})).map(({ n, name, phone }) => ({ n, name, phone })),
    contactPoints: (await contactPoints.find({})).map(({ n }) => n),
    surveys: (await surveys.find({})).map(({ n, state, score }) => ({ n, state, score })),
    receipts: (await receipts.find({})).map(({ state }) => state),
    tasks: (await tasks.find({})).map(({ kind }) => kind).toSorted(),
    alarms: alarms.map(({ alarm, state }) => `${alarm.kind} ${state}`).toSorted(),
  }
}

/** A life without a death: which steps it takes, and where it ends. */
async function calmLife(scenario: Scenario) {
  const [folder, provider] = [createFolder(), createProvider()]
  const life = await begin(scenario, folder.path, provider)
  await scenario.play(life, provider)
  await settled(life, provider, scenario.answers, 'in a calm life')
  const result = { steps: [...life.steps()], end: await outcome(scenario, life, provider) }
  await life.close()
  folder.remove()
  return result
}

/** A life that ends at the step, and one after it. On a busy machine some things are tried twice, so a late step may not come: then the life was a calm one. */
async function die(scenario: Scenario, death: Death) {
  const where = `killed ${death.fate} "${death.step}"`
  const [folder, provider] = [createFolder(), createProvider()]
  const mortal = await begin(scenario, folder.path, provider, death)
  const play = async (life: Life): Promise<Life> => {
    await scenario.play(life, provider)
    await settled(life, provider, scenario.answers, where)
    return life
  }
  const playing = play(mortal)
  playing.catch(() => {}) // the dead hear that they are dead
  const survivor = await Promise.race([mortal.died, playing])
  if (survivor === undefined) await mortal.bury()
  const last = survivor ?? (await play(await begin(scenario, folder.path, provider)))
  const end = await outcome(scenario, last, provider)
  await last.close()
  folder.remove()
  return { where, end, died: survivor === undefined }
}

describe('a process that dies', () => {
  const fates = ['before', 'after'] as const
  const deaths = [repair, survey, addresses, merge, sameCase, goingOn].flatMap((scenario) => fates.map((fate) => ({ scenario, fate })))
  it.each(deaths)(
    '$fate any step of $scenario.name leaves what a calm life leaves',
    async ({ scenario, fate }) => {
      const calm = await calmLife(scenario)
      expect(calm.steps).toEqual(expect.arrayContaining([...scenario.steps]))
      for (const step of shareOf(scenario, calm.steps)) {
        const { where, end, died } = await die(scenario, { step, fate })
        expect(end, where).toEqual(calm.end)
        if (scenario.steps.includes(step)) expect(died, where).toBe(true)
      }
    },
    300_000,
  )
})
