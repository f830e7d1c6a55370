// Every sentence that the code names is there, in both languages, and none asks for a word that phone networks answer.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { repairFields } from '../../src/flow.ts'
import { statuses } from '../../src/tickets/status.ts'
import { texts } from '../support/talk.ts'

const root = join(import.meta.dirname, '../..')

test('every key named in the code exists', () => {
  const named = globSync('{flows,src}/**/*.ts', { cwd: root }).flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/(?:(?:statement|question|acknowledgement)\(|text: |label: |render\([^,]+, )'@?([a-z_]+(?:\.[A-Za-z_]+)*)'/g)].flatMap((match) => match[1] ?? []),
  )
  expect(named.length).toBeGreaterThan(30)
  expect(named.filter((key) => !texts.has(key))).toEqual([])
})

test('the keys that are put together exist', () => {
  const built = [
    ...statuses.flatMap((status) => [`status.${status}`, `ticket.status.${status}`, `ticket.status.${status}.comment`]),
    ...repairFields.flatMap((name) => [`ask.${name}`, `form.item.${name}`, `summary.${name}`, `field.${name}`]),
    ...[1, 2, 3, 4, 5].map((score) => `survey.rating.${score}`),
    'handover.asked', 'handover.not_understood', 'handover.loop', 'status.incomplete', 'survey.comment', 'survey.what_went_wrong',
  ]
  expect(built.filter((key) => !texts.has(key))).toEqual([])
})

test('no sentence shouts a word that phone networks answer', () => {
  for (const language of ['en', 'zh'] as const)
    for (const key of texts.keys()) expect(texts.template(language, key)).not.toMatch(/\b(?:STOP|CANCEL|END|QUIT|YES|START|HELP)\b/)
})
