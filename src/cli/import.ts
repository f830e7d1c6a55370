// `mendline import <what> <file>`: sends a CSV file to the running desk, and prints what came of it or what is wrong, row by row.
import { z } from 'zod'
import { StartError } from '../errors.ts'
import { importKinds } from '../imports/index.ts'

export interface ImportParts {
  args: readonly string[]
  /** Where the desk is, and its key, undefined when there is none to be found. @throws StartError */
  desk(): { url: string; key: string | undefined }
  read(path: string): Uint8Array<ArrayBuffer>
  fetch: typeof fetch
  print(line: string): void
}

const counts = z.object({ rows: z.int(), created: z.int(), changed: z.int(), unchanged: z.int(), repeated: z.boolean(), at: z.string() })
const refusal = z.object({
  detail: z.string(),
  errors: z.array(z.object({ row: z.int(), column: z.string().nullable(), message: z.string() })).optional(),
  count: z.int().optional(),
})

/** Answers the exit code: 0 when the file is imported, 1 when it is not, 2 for a command that makes no sense. */
export async function importCommand({ args, desk, read, fetch: send, print }: ImportParts): Promise<0 | 1 | 2> {
  const [given, path, ...rest] = args
  const kind = importKinds.find((each) => each === given)
  if (kind === undefined || path === undefined || rest.length > 0) {
    print(`Usage: npx mendline import ${importKinds.join('|')} <file.csv>`)
    return 2
  }
  const settings = attempt(desk, (error) => print(error instanceof StartError ? error.message : String(error)))
  if (settings === undefined) return 1
  const { url, key } = settings
  if (key === undefined) {
    print('There is no key: set ADMIN_KEY, or start the desk once in this folder, which makes one.')
    return 1
  }
  const content = attempt(
    () => read(path),
    () => print(`${path} cannot be read.`),
  )
  if (content === undefined) return 1
  const address = `${url}/api/v1/${kind}/import`
  const response = await send(address, { method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'text/csv' }, body: content }).catch(
    () => undefined,
  )
  if (response === undefined) {
    print(`Nobody answers at ${url}; start the desk, or set PUBLIC_URL to where it is.`)
    return 1
  }
  const answer: unknown = await response.json()
  if (!response.ok) {
    const { detail, errors, count = 0 } = refusal.parse(answer)
    if (errors === undefined) print(detail)
    for (const { row, column, message } of errors ?? []) print(`row ${row}${column === null ? '' : `, ${column}`}: ${message}`)
    if (errors !== undefined) print(`Nothing was imported: ${count === 1 ? 'one thing is' : `${count} things are`} wrong.`)
    return 1
  }
  const { rows, created, changed, unchanged, repeated, at } = counts.parse(answer)
  print(
    repeated
      ? `This very file was imported before, at ${at}; nothing was changed.`
      : `${rows} rows imported: ${created} new, ${changed} changed, ${unchanged} as they were.`,
  )
  return 0
}

function attempt<T>(work: () => T, failed: (error: unknown) => void): T | undefined {
  try {
    return work()
  } catch (error) {
    failed(error)
    return undefined
  }
}
