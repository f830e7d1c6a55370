// The README says what is so: every variable and every setting of the company, none that is not, and links that lead somewhere.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { companySchema, readCompany } from '../../src/company.ts'
import { variables } from '../../src/settings.ts'

const root = join(import.meta.dirname, '../..')
const readme = readFileSync(join(root, 'README.md'), 'utf8')

describe('the README', () => {
  it('lists every variable that is read, once', () => {
    const named = [...readme.matchAll(/^\| (`[^|]*`) \|/gm)].flatMap(([, names = '']) => [...names.matchAll(/`(\w+)`/g)].flatMap(([, name]) => name ?? []))
    expect(named.toSorted()).toEqual([...variables].toSorted())
  })

  it('shows every setting of mendline.yaml in a file that is accepted as it stands', () => {
    const yaml = /```yaml\n([^]*?)```/.exec(readme)?.[1] ?? ''
    expect(readCompany(yaml, 'mendline.yaml', { surveyDelayMs: 0 })).toMatchObject({ kind: 'company' })
    expect(Object.keys(z.record(z.string(), z.unknown()).parse(parse(yaml))).toSorted()).toEqual(Object.keys(companySchema.shape).toSorted())
  })

  it('leads with its links and pictures to files that are there', () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].flatMap(([, path]) => path ?? [])
    expect(links).toContain('docs/chat.png')
    expect(links.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })
})
