// The weekly digest: says what changed and no more, on its day by the team's clocks, once whatever crashes.
import { afterEach, describe, expect, it } from 'vitest'
import type { Channel, WeekDigest } from '../../src/channel.ts'
import { readCompany } from '../../src/company.ts'
import { composeDigest, type WeekFacts } from '../../src/insights/digest/compose.ts'
import { ringDigest } from '../../src/insights/digest/index.ts'
import { shareOf } from '../../src/insights/reports/statistics.ts'
import { apiOf } from '../support/api.ts'
import { openInsideDesk, shownIn } from '../support/inside-desk.ts'
import { createFolder, createProvider, live } from '../support/life.ts'
import { eventually } from '../support/processes.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

const quiet: WeekFacts = {
  reported: { now: 0, before: 0 },
  over: 0,
  open: 0,
  satisfied: { now: shareOf(0, 0), before: shareOf(0, 0) },
  fixedFirst: { now: shareOf(0, 0), before: shareOf(0, 0) },
  kept: { now: shareOf(0, 0), before: shareOf(0, 0) },
  signals: [],
  openSignals: 0,
  opportunities: [],
  answers: 0,
  oldest: [],
  low: [],
  lowMore: 0,
}

describe('what the digest says', () => {
  it('of a week without anything is that', () => {
    expect(composeDigest(quiet)).toEqual([{ title: 'Repairs', lines: ['A quiet week: nothing was reported, nothing is open, and nothing has changed.'] }])
  })

  it('names n and intervals, and calls a change only what is one', () => {
    const sections = composeDigest({
      ...quiet,
      reported: { now: 12, before: 40 },
      over: 9,
      open: 1,
      satisfied: { now: shareOf(2, 10), before: shareOf(36, 40) },
      fixedFirst: { now: shareOf(8, 9), before: shareOf(30, 36) },
      kept: { now: shareOf(5, 6), before: shareOf(0, 0) },
      signals: [{ product: 'T5', reason: 'T5 fails more often.', again: true }],
      openSignals: 1,
      opportunities: [{ kind: 'end_of_life', count: 2 }],
      answers: 1,
      oldest: [{ number: 'R-4K7Q2MM', subject: 'Treadmill', days: 1 }],
      low: [{ about: 'KP-900 Drive belt at Depot', available: 1, reorderPoint: 3 }],
      lowMore: 2,
    })
    expect(sections.flatMap(({ title, lines }) => lines.map((line) => `${title}: ${line}`))).toEqual([
      'Repairs: 12 repairs reported (10 in a usual week), 9 over, 1 open.',
      'Repairs: Satisfied (4 or 5): 20 % of 10 answers (95 %: 6 %–51 %), down from 90 % of 40 in the 4 weeks before.',
      'Repairs: Fixed first time: 89 % of 9 repairs (95 %: 57 %–98 %), no clear change from 83 % of 36 in the 4 weeks before.',
      'Repairs: Resolved in the promised time: 83 % of 6 promises (95 %: 44 %–97 %).',
      'Quality signals: Worse again: T5 fails more often.',
      'Quality signals: 1 signal from before is still open.',
      'Opportunities: 2 × a part near its end.',
      'Opportunities: 1 customer answered an offer and waits for sales.',
      'Open the longest: R-4K7Q2MM Treadmill: 1 day',
      'Parts to order: KP-900 Drive belt at Depot: 1 available, to be ordered at 3',
      'Parts to order: and 2 more.',
    ])
  })
})

const hourMs = 3_600_000
const settings = (digest: string) => `
timeZone: UTC
teams: [{ name: Workshop, slackChannel: C0WORKSHOP, hours: { timeZone: Asia/Tokyo, mon: 09:00-17:00 } }]
insights: { digest: ${digest} }
`

describe('the digest', () => {
  it('comes once a week at its hour by the clocks of the team, tells of weeks that went by in one, and moves with the settings', async () => {
    const folder = createFolder()
    cleanups.push(() => folder.remove())
    // A Thursday.
    let now = Date.parse('2026-03-05T00:00:00Z')
    const life = await live({
      folder: folder.path,
      provider: createProvider(),
      clock: { now: () => now },
      yaml: settings('{ team: Workshop, weekday: fri, hour: 9 }'),
    })
    cleanups.push(() => life.close())
    const [mail] = life.core.channels.values()
    const shown: WeekDigest[] = []
    let crash = false
    const face: Channel | undefined = mail && {
      ...mail,
      async showDigest(digest) {
        if (!shown.some(({ week }) => week === digest.week)) shown.push(digest)
        if (crash) throw new Error('died after it was shown')
      },
    }
    const core = { ...life.core, channels: new Map(face === undefined ? [] : [[face.name, face]]) }
    const due = () => eventually(async () => core.collections.due.get('digest'), 'it to be set')
    const dayOf = async () => {
      const { alarm, at } = await due()
      return [alarm.kind === 'digest' ? alarm.day : '', at]
    }
    // Nine in Tokyo is midnight in UTC.
    expect(await dayOf()).toEqual(['2026-03-06', '2026-03-06T00:00:00.000Z'])
    const api = apiOf(() => `http://127.0.0.1:${life.port}`, 'test-key-0123456789')
    await api.post('/tickets', { subject: 'Treadmill', description: 'it is loud', customer: { name: 'Ann' } })

    now += 25 * hourMs
    crash = true
    await expect(ringDigest(core, { kind: 'digest', day: '2026-03-06' })).rejects.toThrow('died')
    crash = false
    // Meanwhile there is more to say; what was said stands.
    await api.post('/tickets', { subject: 'Bike', description: 'it squeaks', customer: { name: 'Bob' } })
    await Promise.all([ringDigest(core, { kind: 'digest', day: '2026-03-06' }), ringDigest(core, { kind: 'digest', day: '2026-03-06' })])
    expect(shown).toMatchObject([
      {
        channel: 'C0WORKSHOP',
        week: '2026-W10',
        sections: [{ title: 'Repairs', lines: [expect.stringMatching(/^1 repair reported/)] }, { title: 'Open the longest' }],
      },
    ])
    expect(await dayOf()).toEqual(['2026-03-13', '2026-03-13T00:00:00.000Z'])

    // To a later day of the same week, and back: this week has had its own.
    const company = (digest: string) => {
      const read = readCompany(settings(digest), 'mendline.yaml', { surveyDelayMs: 0 })
      if (read.kind === 'wrong') throw new Error(read.problems.join('\n'))
      return read.company
    }
    life.reload(company('{ slackChannel: C0OTHER, weekday: sun, hour: 20 }'))
    await eventually(async () => ((await dayOf())[0] === '2026-03-15' ? true : undefined), 'it to move')
    life.reload(company('{ team: Workshop, weekday: mon, hour: 9 }'))
    await eventually(async () => ((await dayOf())[0] === '2026-03-09' ? true : undefined), 'it to move back')

    now = Date.parse('2026-03-31T12:00:00Z')
    await ringDigest(core, { kind: 'digest', day: '2026-03-09' })
    expect(shown[1]).toMatchObject({ week: '2026-W11', sections: [{ lines: [expect.stringMatching(/^1 repair reported/)] }, {}] })
    expect((await dayOf())[0]).toBe('2026-04-06')
  }, 60_000)

  it.each([
    ['{}', 'wants a team or a slackChannel'],
    ['{ team: Nobody }', 'is no team'],
    ['{ slackChannel: general }', "is the channel's id"],
    ['{ team: Workshop, weekday: Monday }', 'is a weekday'],
    ['{ team: Workshop, hour: 24 }', 'is an hour from 0 to 23'],
  ])('is refused with the line where its setting is %s', (digest, why) => {
    const read = readCompany(settings(digest), 'mendline.yaml', { surveyDelayMs: 0 })
    expect(read).toMatchObject({ kind: 'wrong', problems: [expect.stringMatching(new RegExp(`^mendline.yaml:4: insights.digest.*${why}`))] })
  })

  it.each([
    ['insights:\n  signals: { falseAlarmsPerYear: 0 }', '2', 'is above 0'],
    ['insights:\n  signals: { atLeast: 0.5 }', '2', 'is 1 or more'],
    ['insights:\n  opportunities:\n    endOfLife: 1', '3', 'is a share above 0 and below 1'],
    ['insights:\n  opportunities:\n    offers: [loved_product]', '3', ''],
    ['parts:\n  reorder: guess', '2', 'is fixed or forecast'],
    ['parts:\n  leadTime: 0', '2', 'is 1 month or more'],
  ])('stands beside settings of which "%s" is refused in line %s', (yaml, line, why) => {
    const read = readCompany(yaml, 'mendline.yaml', { surveyDelayMs: 0 })
    expect(read).toMatchObject({ kind: 'wrong', problems: [expect.stringMatching(new RegExp(`^mendline.yaml:${line}: .*${why}`))] })
  })

  it('is posted to Slack once, and means nothing to Slack but its words', async () => {
    const desk = await openInsideDesk({ onClose: (cleanup) => cleanups.push(cleanup) })
    const digest: WeekDigest = {
      channel: desk.triage,
      company: 'Keep Running',
      week: '2026-W11',
      until: new Date().toISOString(),
      sections: [{ title: 'Open the longest', lines: ['R-4K7Q2MM <!channel> *loud*: 3 days'] }],
    }
    const channel = desk.app.core.channels.get('slack')
    for (let time = 0; time < 2; time++) await channel?.showDigest?.(digest)
    const posts = desk.slack.botSaid(desk.triage).filter((message) => shownIn(message).includes('2026-W11'))
    expect(posts).toHaveLength(1)
    expect(posts.map(shownIn).join()).toContain('&lt;!channel&gt;')
  }, 60_000)
})
