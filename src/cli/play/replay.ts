// Plays a transcript against a stage, act by act, until something is not as it is written.
import { perform, readAct } from './acts.ts'
import { fillNames, matchLines, type Names } from './expected.ts'
import type { Happened, Stage } from './stage.ts'
import type { Line, Scene } from './transcript.ts'

/** Where it went another way. */
export interface Difference {
  /** Of the transcript, from 1. */
  line: number
  what: string
  expected: readonly string[]
  came: readonly string[]
}

/** Undefined when all was as written. `folder` is where its paths are meant from. */
export async function replay(stage: Stage, scenes: readonly Scene[], folder: string): Promise<Difference | undefined> {
  let names: Names = new Map()
  for (const scene of scenes) {
    const happened = await play(stage, scene, names, folder)
    if (typeof happened === 'string') return { line: scene.act.at, what: happened, expected: [], came: [] }
    const checked = check(scene, happened, names)
    if ('what' in checked) return checked
    names = checked.names
  }
  return undefined
}

/** What followed, or why it could not be done. */
export async function play(stage: Stage, { act }: Scene, names: Names, folder: string): Promise<Happened | string> {
  const text = fillNames(act.text, names)
  const read = act.mark === '>' ? ({ act: 'say', text } as const) : readAct(text)
  if ('problem' in read) return read.problem
  return perform(stage, read, folder).catch((error: unknown) => (error instanceof Error ? error.message : String(error)))
}

function check(scene: Scene, { heard, done }: Happened, before: Names): Difference | { names: Names } {
  let names = before
  for (const [index, message] of heard.entries()) {
    const expected = scene.heard[index]
    if (expected === undefined) return { line: scene.act.at, what: 'something was said that is not in the transcript', expected: [], came: message }
    const found = matchLines(textsOf(expected), message, names)
    if (found === undefined) return { line: expected[0]?.at ?? scene.act.at, what: 'something else was said', expected: filled(expected, names), came: message }
    names = found
  }
  const unsaid = scene.heard[heard.length]
  if (unsaid !== undefined) return { line: unsaid[0]?.at ?? scene.act.at, what: 'nothing was said', expected: filled(unsaid, names), came: [] }
  let rest = done
  for (const line of scene.done) {
    const at = rest.findIndex((each) => matchLines([line.text], [each], names) !== undefined)
    if (at < 0) return { line: line.at, what: 'this did not happen', expected: filled([line], names), came: done }
    names = matchLines([line.text], [rest[at] ?? ''], names) ?? names
    rest = rest.slice(at + 1)
  }
  return { names }
}

function textsOf(lines: readonly Line[]): string[] {
  return lines.map(({ text }) => text)
}

function filled(lines: readonly Line[], names: Names): string[] {
  return lines.map(({ text }) => fillNames(text, names))
}
