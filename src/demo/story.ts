// The story of one repair, told from the failure to the survey: who does what when. It yields the moments at which it goes on.
import { afterWorkingTime } from '../hours/index.ts'
import type { Actor } from '../journal/index.ts'
import type { FailureRecord } from '../tickets/index.ts'
import { logNormal, pick, type Draw } from './draws.ts'
import { monthMs, type MadeAsset, type MadeFailure } from './fleet.ts'
import { agents, channels, engineers, shares, type MadeEngineer } from './truth.ts'
import { Conversation } from './said.ts'
import { doing, expectDone, type Story, type Teller, type Told } from './told.ts'
import { askForPart, field, workshop } from './work.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Told again when the repair did not last. */
export async function* repair(teller: Teller, failure: MadeFailure, before?: Told): Story {
  const { world, draw } = teller
  const { asset } = failure
  const said = new Conversation(teller, failure)
  const told = await said.report()
  if (before !== undefined) before.repeatedBy = told.number
  yield failure.at + (2 + draw() * 8) * minute
  await said.confirm()

  const covered = failure.at < asset.installed + asset.product.warrantyMonths * monthMs
  const person = !covered || draw() >= shares.untouched
  if (person) {
    const agent = pick(draw, agents)
    const after = draw() < shares.late ? (20 + draw() * 10) * hour : logNormal(draw, 70, 0.8) * minute
    const at = afterWorkingTime(world.core.company().hours, failure.at + 15 * minute, Math.round(after)) ?? failure.at
    yield at
    const deed = doing({ kind: 'agent', id: agent.id }, told, 'claim')
    expectDone(await world.core.door.desk.claim(told.number, agent, false, deed))
    told.agent = agent.name
    told.respondedAt = at
    if (draw() < 0.5) {
      yield at + 4 * minute
      const text = asset.customer.language === 'en' ? 'I look after your repair. Is the device still switched on?' : '您的维修由我跟进。设备还通着电吗？'
      await world.core.door.desk.reply(told.number, { text, agent }, doing({ kind: 'agent', id: agent.id }, told, 'reply'))
      yield at + (10 + draw() * 40) * minute
      await said.say(asset.customer.language === 'en' ? 'No, I pulled the plug.' : '没有，已经拔了插头。')
    }
    if (draw() < shares.askedFor) await askForPart(teller, told, { kind: 'agent', id: agent.id }, 0)
    if (!covered) {
      const agreed = yield* quote(teller, told, said, agent)
      if (!agreed) return
    }
  }

  // Who cannot mend it at the first try comes a second time, or the trouble is back some days later.
  const engineer = engineerFor(draw, asset)
  const lasts = before !== undefined || draw() < engineer.firstTimeFix
  const comesBack = !lasts && draw() < 0.5
  yield* attempt(teller, told, engineer, 1)
  if (!lasts && !comesBack) {
    yield world.core.clock.now() + (1 + draw() * 2) * day
    await said.reopen()
    yield* attempt(teller, told, engineer, 2)
  }
  yield* answer(teller, told, said)
  if (comesBack) {
    const back = Math.round((told.resolvedAt ?? failure.at) + (3 + draw() * 20) * day)
    yield back
    yield* repair(teller, { ...failure, at: back }, told)
  }
}

/** One of those who can. */
export function engineerFor(draw: Draw, { product: { skill } }: MadeAsset): MadeEngineer {
  return pick(
    draw,
    engineers.filter(({ skills }) => (skill === null ? skills.length === 0 : skills.includes(skill))),
  )
}

export async function* attempt(teller: Teller, told: Told, engineer: MadeEngineer, round: number): Story {
  const { world, draw } = teller
  const { mode, asset } = told.failure
  const used = mode.part === null ? 0 : pick(draw, mode.quantities)
  const failure: FailureRecord = {
    component: coded(mode.component),
    problem: coded(mode.problem),
    cause: coded(mode.cause),
    remedy: coded(mode.remedy),
    parts: mode.part === null ? [] : [{ part: mode.part.number, quantity: used }],
    note: null,
  }
  yield* asset.product.kind === 'visit' ? field(teller, told, engineer, { failure, round }) : workshop(teller, told, engineer, { failure, round })
  told.engineer = engineer.name
  told.used += used
  told.resolutions += 1
  told.resolvedAt = world.core.clock.now()
}

async function* quote({ world, draw }: Teller, told: Told, said: Conversation, agent: (typeof agents)[number]): AsyncGenerator<number, boolean> {
  const { core } = world
  const { part } = told.failure.mode
  const by: Actor = { kind: 'agent', id: agent.id }
  const lines = [
    { description: 'Labour and travel', quantity: 1, unitPrice: 7900 + Math.floor(draw() * 40) * 100 },
    ...(part === null ? [] : [{ description: part.name, quantity: 1, unitPrice: 2500 + Math.floor(draw() * 120) * 100 }]),
  ]
  expectDone(await core.door.desk.draftQuote(told.number, { lines, currency: core.company().quotes.currency, note: null }, doing(by, told, 'draft')))
  yield core.clock.now() + 6 * minute
  expectDone(await core.door.desk.sendQuote(told.number, doing(by, told, 'send')))
  const word = draw()
  if (word >= shares.approves + shares.declines) {
    yield core.clock.now() + core.company().quotes.validForMs + day
    expectDone(await core.door.desk.status(told.number, { to: 'cancelled', comment: null, tell: true }, doing(by, told, 'give up')))
    told.cancelled = true
    return false
  }
  yield core.clock.now() + Math.max(1, logNormal(draw, 5, 0.9)) * hour
  const decision = word < shares.approves ? 'approved' : 'declined'
  await said.decide(decision)
  if (decision === 'approved') return true
  yield core.clock.now() + 3 * hour
  expectDone(await core.door.desk.status(told.number, { to: 'cancelled', comment: null, tell: true }, doing(by, told, 'decline')))
  told.cancelled = true
  return false
}

async function* answer({ world, draw }: Teller, told: Told, said: Conversation): Story {
  if (draw() >= shares.answers) return
  yield world.core.clock.now() + world.core.company().surveyDelayMs + logNormal(draw, 3, 0.8) * hour
  const { channel } = told.failure.asset.customer
  const satisfied = draw() < (channels.find((each) => each.channel === channel)?.satisfied ?? 1)
  const score = satisfied ? (draw() < 0.6 ? 5 : 4) : pick(draw, [1, 2, 3, 3])
  if (await said.rate(score)) told.score = score
}

function coded(code: string): { code: string; text: null } {
  return { code, text: null }
}
