// The example of mendline.yaml is accepted as it stands and names every setting there is, so that it cannot go stale.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { check } from '../../src/cli/check.ts'
import { companySchema } from '../../src/company.ts'
import { readSettings } from '../../src/settings.ts'
import { exampleFile, exampleSecrets } from '../support/example.ts'

const yaml = readFileSync(exampleFile, 'utf8')

/** The keys of every object of the schema that the value never names, by their paths. An object used in several places is shown once. */
function unnamed(schema: z.core.$ZodType, value: unknown): string[] {
  const seen = new Map<z.core.$ZodType, { path: string; keys: Set<string>; named: Set<string> }>()
  walk(schema, [value], '')
  return [...seen.values()].flatMap(({ path, keys, named }) => [...keys].filter((key) => !named.has(key)).map((key) => (path === '' ? key : `${path}.${key}`)))

  function walk(inner: z.core.$ZodType, values: readonly unknown[], path: string): void {
    if (inner instanceof z.core.$ZodObject) {
      const { shape } = inner._zod.def
      const known = seen.get(inner) ?? { path, keys: new Set(Object.keys(shape)), named: new Set<string>() }
      const again = seen.has(inner)
      seen.set(inner, known)
      const objects = values.filter((each): each is Record<string, unknown> => typeof each === 'object' && each !== null && !Array.isArray(each))
      if (again && objects.length === 0) return
      for (const each of objects) for (const key of Object.keys(each)) known.named.add(key)
      for (const [key, field] of Object.entries(shape))
        walk(
          field,
          objects.flatMap((each) => (key in each ? [each[key]] : [])),
          path === '' ? key : `${path}.${key}`,
        )
    } else if (inner instanceof z.core.$ZodArray)
      walk(
        inner._zod.def.element,
        values.flatMap((each) => (Array.isArray(each) ? each : [])),
        path,
      )
    else if (inner instanceof z.core.$ZodUnion)
      for (const option of inner._zod.def.options)
        walk(
          option,
          values.filter((each) => z.safeParse(option, each).success),
          path,
        )
    else if (inner instanceof z.core.$ZodPipe) walk(inner._zod.def.in, values, path)
    else if ('innerType' in inner._zod.def && inner._zod.def.innerType instanceof z.core.$ZodType) walk(inner._zod.def.innerType, values, path)
  }
}

describe('the example of mendline.yaml', () => {
  it('is accepted by `mendline check`', async () => {
    const lines: string[] = []
    const code = await check({
      read: () => readSettings({ SETTINGS_FILE: exampleFile, ...exampleSecrets }),
      connectionsOf: () => [],
      print: (line) => lines.push(line),
    })
    expect({ code, lines }).toEqual({ code: 0, lines: [`ok     settings: the environment and ${exampleFile}`, 'Nothing is wrong.'] })
  })

  it('names every setting of the schema', () => {
    expect(unnamed(companySchema, parse(yaml))).toEqual([])
  })

  it('would be found out if a setting were missing, however deep it lies', () => {
    const without = z
      .object({ dispatch: z.record(z.string(), z.unknown()) })
      .loose()
      .parse(parse(yaml))
    delete without.dispatch['buffer']
    expect(unnamed(companySchema, without)).toEqual(['dispatch.buffer'])
  })

  it('says of every section what it is for', () => {
    const lines = yaml.split('\n')
    const bare = Object.keys(companySchema.shape).filter((key) => {
      const at = lines.findIndex((line) => line.startsWith(`${key}:`))
      return !lines[at]?.includes(' # ') && !lines[at - 1]?.startsWith('#') && !lines[at + 1]?.includes(' # ')
    })
    expect(bare).toEqual([])
  })
})
