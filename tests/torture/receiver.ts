// The receiver as the storm sees it: a process that is killed and started again, and the file of what it took.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const program = join(import.meta.dirname, 'receiving.ts')

const told = z.object({
  id: z.string(),
  type: z.string(),
  sequence: z.int().min(1),
  ticket: z.string().optional(),
  data: z.looseObject({ to: z.string().optional() }),
})
export type Told = z.output<typeof told>

const line = z.union([z.object({ refused: z.string() }), z.object({ id: z.string(), body: z.string() })])

export interface Taken {
  /** In the order in which they came first. */
  events: Told[]
  /** Deliveries of what was there already. */
  repeated: number
  /** Why requests were turned away: they were not signed as they should be, or not what they were before. */
  refused: string[]
}

export interface ReceiverProcess {
  /** As a power cut would. */
  kill(): Promise<void>
}

/** Resolves once it listens. */
export async function startReceiving(port: number, file: string, secret: string): Promise<ReceiverProcess> {
  const child = spawn(process.execPath, [program, String(port), file, secret], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  await Promise.race([
    once(child.stdout, 'data'),
    exited.then(() => {
      throw new Error('the receiver ended before it ran')
    }),
  ])
  return {
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
  }
}

/** What stands in the receiver's file. Half a line was never answered, and counts for nothing. */
export function readTaken(file: string): Taken {
  const taken: Taken = { events: [], repeated: 0, refused: [] }
  const bodies = new Map<string, string>()
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : []
  for (const text of lines) {
    const came = parsed(text)
    if (came === undefined) continue
    if ('refused' in came) {
      taken.refused.push(came.refused)
      continue
    }
    const before = bodies.get(came.id)
    if (before !== undefined) {
      taken.repeated++
      if (before !== came.body) taken.refused.push(`${came.id} is another event than before`)
      continue
    }
    bodies.set(came.id, came.body)
    const event = told.parse(JSON.parse(came.body))
    if (event.id !== came.id) taken.refused.push(`${came.id} calls itself ${event.id}`)
    taken.events.push(event)
  }
  return taken
}

function parsed(text: string): z.output<typeof line> | undefined {
  try {
    return line.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
