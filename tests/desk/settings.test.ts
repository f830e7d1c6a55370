// What a company sets for its desk: mistakes are named, with their line; and which team has a ticket.
import { describe, expect, it } from 'vitest'
import { readCompany } from '../../src/company.ts'
import { fillReply } from '../../src/desk/canned.ts'
import { teamOf } from '../../src/desk/teams.ts'

function read(yaml: string) {
  return readCompany(yaml, 'mendline.yaml', { surveyDelayMs: 1 })
}
const problemsOf = (yaml: string): string => {
  const result = read(yaml)
  return result.kind === 'wrong' ? result.problems.join('\n') : ''
}

describe('settings of the desk', () => {
  it.each([
    ['teams:\n  - { name: A, default: true }\n  - { name: B, default: true }', 'mendline.yaml:2: teams: has more than one default team'],
    ['teams:\n  - { name: A }\n  - { name: A }', 'two teams of one name'],
    ['teams:\n  - { name: A, slackChannel: "#kitchen" }', "is the channel's id, such as C0123456789, not its name"],
    ['cannedReplies:\n  - { name: Hi, text: { en: "Hello {name}" } }', 'may name {customer} and {number}, nothing else'],
    ['cannedReplies:\n  - { name: Hi, text: { zh: "您好" } }', 'cannedReplies.0.text.en'],
    ['failureRecord:\n  component: [pump, other]', 'is in every list already'],
    ['failureRecord:\n  cause: []', 'failureRecord.cause'],
  ])('are refused with the reason: %j', (yaml, why) => {
    expect(problemsOf(yaml)).toContain(why)
  })

  it('have lists to choose from without being asked for any', () => {
    const result = read('')
    if (result.kind === 'wrong') throw new Error(result.problems.join())
    for (const list of Object.values(result.company.failureLists)) expect(list.length).toBeGreaterThan(5)
  })
})

describe('the team of a ticket', () => {
  const team = (name: string, products: string[] = [], isDefault = false) => ({ name, products, default: isDefault })
  const teams = [team('Garden', ['Mower']), team('Kitchen', ['Oven X']), team('All', [], true)]
  it.each([
    [{ team: null, fields: { product: ' oven x ' } }, 'Kitchen'],
    [{ team: null, fields: { product: 'Lamp' } }, 'All'],
    [{ team: null, fields: {} }, 'All'],
    [{ team: 'Garden', fields: { product: 'Oven X' } }, 'Garden'],
    // A team that the settings no longer have.
    [{ team: 'Gone', fields: { product: 'Mower' } }, 'Garden'],
  ])('of %j is %s', (ticket, name) => {
    expect(teamOf(teams, ticket)?.name).toBe(name)
  })

  it('is the first one where none is marked, and none where there are none', () => {
    expect(teamOf([team('One'), team('Two')], { team: null, fields: {} })?.name).toBe('One')
    expect(teamOf([], { team: 'One', fields: {} })).toBeUndefined()
  })
})

describe('a canned reply', () => {
  const reply = { name: 'Hi', text: { en: 'Hello {customer}, about {number}:', zh: '{customer}您好，{number}：' } }
  it('speaks the language of the customer where it can', () => {
    expect(fillReply(reply, 'zh', { customer: '王', number: 'R-1' }).text).toBe('王您好，R-1：')
    expect(fillReply({ ...reply, text: { en: reply.text.en } }, 'zh', { customer: '王', number: 'R-1' }).text).toBe('Hello 王, about R-1:')
  })
  it('takes a name as it is, whatever is in it', () => {
    expect(fillReply(reply, 'en', { customer: '$& {number}', number: 'R-1' }).text).toContain('$& {number}')
  })
})
