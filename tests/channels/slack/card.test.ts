// Whatever a ticket holds, its card is one that Slack takes, and nothing in it is more than text.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawCard } from '../../../channels/slack/desk/card.ts'
import { happeningKinds, type TicketCard } from '../../../src/desk/index.ts'
import { outcomes, workKinds, workStatuses } from '../../../src/dispatch/index.ts'
import { requestStatuses } from '../../../src/parts/index.ts'
import { quoteStates } from '../../../src/quotes/index.ts'
import { priorities, statuses } from '../../../src/tickets/index.ts'
import { complaints } from '../../emulators/slack/limits.ts'
import { list, record } from '../../emulators/slack/workspace.ts'

const at = '2026-03-05T10:00:00.000Z'
/** Also what customers send to see what happens: markup of Slack, very long words, halves of characters. */
const text = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.constantFrom(
    '',
    ' ',
    '<!channel>',
    '<@U0DANA>',
    '<https://evil.example|our bank>',
    '&lt;',
    '*bold* _it_ ~no~ `code`',
    '\n\n> quoted',
    '\ud83d',
    '字'.repeat(4000),
    'x'.repeat(5000),
  ),
)
const orNull = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null })
const time = fc.constant(at)
const clock = fc.record({
  target: fc.constant(3_600_000),
  due: orNull(time),
  warnAt: orNull(time),
  state: fc.constantFrom('running', 'paused', 'met', 'warned', 'breached'),
})
const coded = fc.record({ code: text, text: orNull(text) })
const actor = fc.record({ kind: fc.constantFrom('customer', 'agent', 'bot', 'clock', 'api', 'system'), id: orNull(text) })
const event = fc.oneof(
  fc.record({ type: fc.constant('ticket.status_changed'), from: fc.constantFrom(...statuses), to: fc.constantFrom(...statuses), comment: orNull(text) }),
  fc.record({ type: fc.constant('ticket.assigned'), assignee: text, name: text }),
  fc.record({ type: fc.constant('ticket.team_set'), team: text }),
  fc.record({ type: fc.constant('note.created'), text }),
  fc.record({ type: fc.constant('ticket.told_apart'), other: fc.constant('R-0000000') }),
  fc.record({
    type: fc.constant('work_order.status_changed'),
    from: fc.constantFrom(...workStatuses),
    to: fc.constantFrom(...workStatuses),
    comment: orNull(text),
    outcome: fc.constantFrom(...outcomes),
  }),
  fc.record({ type: fc.constant('work_order.held'), reason: text }),
  fc.record({ type: fc.constant('appointment.confirmed'), engineer: text, name: text, from: time, until: time, day: text }),
  fc.record({ type: fc.constant('appointment.rejected'), engineer: orNull(text), reason: text }),
  fc.record({ type: fc.constant('part_request.changed'), from: fc.constant(null), to: fc.constantFrom(...requestStatuses) }),
  fc.record({ type: fc.constant('quote.withdrawn'), version: fc.nat(), reason: orNull(text) }),
)
const file = fc.record({ file: text, name: text, contentType: fc.constant('image/png'), size: fc.nat() })
const card: fc.Arbitrary<TicketCard> = fc.record({
  ticket: fc.record({
    number: fc.constant('R-4K7Q2MM'),
    version: fc.nat(),
    status: fc.constantFrom(...statuses),
    category: fc.constantFrom('open', 'waiting', 'done'),
    phase: fc.constantFrom('acceptance', 'handling', 'closing'),
    priority: fc.constantFrom(...priorities),
    channel: fc.constantFrom('email', 'sms', 'api'),
    subject: text,
    description: text,
    language: fc.constantFrom('en', 'zh'),
    customer: fc.record({ id: fc.constant('cu_1'), name: orNull(text) }),
    asset: fc.record({ id: fc.constant(null), serial: orNull(text), product: orNull(text) }),
    fields: fc.record({ answers: fc.dictionary(fc.string(), fc.record({ label: text, value: text, text }), { maxKeys: 12 }) }, { requiredKeys: [] }),
    entitlement: orNull(fc.constantFrom('in_warranty', 'not_served')),
    coverage: orNull(
      fc.record({
        reason: fc.constant('covered_apart'),
        labour: fc.constant({ state: 'covered', until: '2027-05-31' }),
        parts: fc.constant({ state: 'none', until: null }),
      }),
    ),
    team: orNull(text),
    assignee: orNull(text),
    assigneeName: orNull(text),
    incomplete: fc.boolean(),
    spam: fc.boolean(),
    mergedInto: orNull(fc.constant('R-0000000')),
    merged: fc.constant([]),
    follows: orNull(fc.constant('R-0000000')),
    repeats: orNull(fc.constant('R-0000000')),
    repeatedBy: orNull(fc.constant('R-0000000')),
    firstTimeFix: orNull(fc.boolean()),
    followedBy: fc.array(fc.constant('R-0000000'), { maxLength: 20 }),
    sameCase: fc.constant([]),
    toldApart: fc.constant([]),
    acknowledged: orNull(fc.record({ at: time, message: fc.constant('m_1'), news: orNull(fc.constant('m_2')) })),
    failure: fc.constant(null),
    inspection: orNull(fc.record({ role: fc.constantFrom('visit', 'found'), name: text, kind: text, due: time, ticket: fc.constant('R-4K7Q2MM') })),
    satisfaction: orNull(fc.record({ score: fc.integer({ min: 1, max: 5 }), comment: orNull(text), at: time })),
    conversation: fc.constant('c_1'),
    createdAt: time,
    updatedAt: time,
  }),
  owner: orNull(fc.record({ id: fc.oneof(text, fc.constant('U0DANA1')), name: text, since: time })),
  team: orNull(fc.record({ name: text, slackChannel: orNull(fc.constant('C0000001')) })),
  statusSince: time,
  next: fc.subarray([...statuses]),
  failure: orNull(
    fc.record({
      component: coded,
      problem: coded,
      cause: coded,
      remedy: coded,
      parts: fc.array(fc.record({ part: text, quantity: fc.nat() })),
      note: orNull(text),
      at: time,
      by: actor,
    }),
  ),
  quote: orNull(fc.record({ version: fc.nat(), state: fc.constantFrom(...quoteStates), total: text, validUntil: orNull(time) })),
  work: fc.array(
    fc.record({
      id: fc.constant('wo_1'),
      kind: fc.constantFrom(...workKinds),
      status: fc.constantFrom(...workStatuses),
      since: time,
      engineer: orNull(text),
      appointment: orNull(fc.constant({ from: at, until: at })),
      offerUntil: orNull(time),
      outcome: orNull(fc.constantFrom(...outcomes)),
      hold: orNull(text),
    }),
    { maxLength: 8 },
  ),
  parts: fc.array(fc.record({ name: text, status: fc.constantFrom(...requestStatuses) }), { maxLength: 12 }),
  sla: orNull(fc.record({ respond: clock, restore: clock, resolve: clock })),
  place: orNull(fc.record({ channel: fc.constantFrom('email', 'webchat'), address: text })),
  lastWords: orNull(fc.record({ text, at: time, files: fc.nat() })),
  windowUntil: orNull(time),
  control: fc.record({ owner: fc.constantFrom('bot', 'agent', 'none'), agent: orNull(text), until: orNull(time) }),
  photos: fc.array(file, { maxLength: 3 }),
  sameCase: fc.uniqueArray(
    fc.record({
      number: fc.constantFrom('R-0000001', 'R-0000002', 'R-0000003'),
      subject: text,
      status: fc.constantFrom(...statuses),
      channel: fc.constantFrom('email', 'api'),
      customer: fc.record({ name: orNull(text), same: fc.boolean() }),
      createdAt: time,
      asset: fc.constantFrom('serial', 'product'),
      trouble: fc.constantFrom('error_code', 'words'),
      merge: fc.constant({ from: 'R-4K7Q2MM', into: 'R-0000001' }),
    }),
    { selector: ({ number }) => number, maxLength: 3 },
  ),
  tasks: fc.array(fc.record({ id: fc.constant('t_1'), kind: fc.constantFrom('handover', 'low_score', 'undeliverable'), since: time }), { maxLength: 20 }),
  undelivered: fc.array(fc.record({ text, channel: fc.constantFrom('email', 'sms'), reason: text, at: time }), { maxLength: 20 }),
  moves: fc.array(
    fc.record({
      about: fc.record({ kind: fc.constantFrom(...happeningKinds), id: fc.constant('x'), name: text }),
      version: fc.nat(),
      at: time,
      actor,
      events: fc.array(event, { minLength: 1, maxLength: 4 }),
    }),
    { maxLength: 5 },
  ),
})

describe('a card', () => {
  it('is taken by Slack, whatever the ticket holds', () => {
    fc.assert(
      fc.property(card, (drawn) => {
        expect(complaints(list(drawCard(drawn).blocks), 'message')).toEqual([])
      }),
    )
  })

  it('has no mention, link or command in it but those we made, and its own half of every character', () => {
    fc.assert(
      fc.property(card, (drawn) => {
        const { text: said, blocks } = drawCard(drawn)
        for (const words of [said, ...markup(blocks)]) {
          expect(words).not.toMatch(/<(?!!date\^\d|@[UW][A-Z0-9]{5,}>)/)
          expect(words.isWellFormed()).toBe(true)
        }
      }),
    )
  })

  it("shows short answers to the company's own questions, and leaves the long ones to the thread", () => {
    const answers = {
      purchase_date: { label: 'Purchase date', value: '2023-05', text: 'May 2023' },
      story: { label: 'What happened', value: 'x'.repeat(200), text: 'x'.repeat(200) },
    }
    const [drawn] = fc.sample(card, { numRuns: 1, seed: 1 })
    if (drawn === undefined) throw new Error('no card')
    const shown = JSON.stringify(drawCard({ ...drawn, ticket: { ...drawn.ticket, fields: { answers } } }).blocks)
    expect(shown).toContain('Purchase date: May 2023')
    expect(shown).not.toContain('What happened')
  })

  it('tells which repairs it follows and is followed by, and that the customer has acknowledged the last news', () => {
    const [drawn] = fc.sample(card, { numRuns: 1, seed: 1 })
    if (drawn === undefined) throw new Error('a card is wanted')
    const linked = { follows: 'R-0000001', followedBy: ['R-0000002', 'R-0000003'], acknowledged: { at, message: 'm_1', news: 'm_2' } }
    const words = markup(drawCard({ ...drawn, ticket: { ...drawn.ticket, ...linked } }).blocks).join('\n')
    expect(words).toContain('The trouble of R-0000001 has come back.')
    expect(words).toContain('Its trouble came back: R-0000002, R-0000003')
    expect(words).toContain('acknowledged the last news')
  })

  it('shows the work with stage, engineer, appointment and outcome, what is still to be done first, and the parts it waits for', () => {
    const [drawn] = fc.sample(card, { numRuns: 1, seed: 1 })
    if (drawn === undefined) throw new Error('a card is wanted')
    const line = { id: 'wo_1', kind: 'visit', status: 'accepted', since: at, engineer: 'Kim Park', appointment: { from: at, until: at } } as const
    const work = [{ ...line, offerUntil: null, outcome: null, hold: 'no key' }]
    const words = markup(drawCard({ ...drawn, work, parts: [{ name: '2 × KP-100', status: 'allocated' }] }).blocks).join('\n')
    expect(words).toMatch(/\*Visit\* \*the engineer comes\* since .* · Kim Park · appointment .* · .*on hold: no key/)
    expect(words).toContain('2 × KP-100 reserved')
  })

  it('is the same for the same ticket, and another for another', () => {
    fc.assert(
      fc.property(card, fc.string({ minLength: 1 }), (drawn, more) => {
        expect(drawCard(structuredClone(drawn)).digest).toBe(drawCard(drawn).digest)
        const renamed = { ...drawn, ticket: { ...drawn.ticket, subject: `${more.trim()}? ${drawn.ticket.subject}` } }
        expect(drawCard(renamed).digest === drawCard(drawn).digest).toBe(drawCard(renamed).text === drawCard(drawn).text)
      }),
    )
  })
})

/** The texts in which Slack looks for markup. */
function markup(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(markup)
  const { type, text: words, ...rest } = record(value)
  if (type === 'mrkdwn' && typeof words === 'string') return [words]
  return [...(typeof words === 'object' ? markup(words) : []), ...Object.values(rest).flatMap((part) => (typeof part === 'object' ? markup(part) : []))]
}
