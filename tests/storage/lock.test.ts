// One process per data folder, proved with real processes and kill -9.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { StartError } from '../../src/errors.ts'
import { lockDataDir } from '../../src/storage/lock.ts'
import { type Child, startChild } from './children.ts'

let folder: string
let children: Child[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mendline-lock-'))
  children = []
})
afterEach(async () => {
  for (const child of children) await child.kill()
  rmSync(folder, { recursive: true })
})

function start(path = folder): Child {
  const child = startChild('locks', path)
  children.push(child)
  return child
}

it('refuses a second process, naming the first', async () => {
  const first = start()
  expect(await first.line()).toBe('locked')
  const refusal = await start().line()
  expect(refusal).toMatch(/^refused /)
  expect(refusal).toContain(String(first.pid))
  expect(refusal).toContain(folder)
})

it('lets the next one in after kill -9', async () => {
  const first = start()
  expect(await first.line()).toBe('locked')
  await first.kill()
  expect(await start().line()).toBe('locked')
})

it('lets the next one in after a release', async () => {
  const first = start()
  expect(await first.line()).toBe('locked')
  first.poke()
  expect(await first.line()).toBe('released')
  expect(await start().line()).toBe('locked')
})

it('gives it to one of many that start at once', async () => {
  const answers = await Promise.all(Array.from({ length: 5 }, () => start().line()))
  expect(answers.filter((answer) => answer === 'locked')).toHaveLength(1)
  expect(answers.filter((answer) => answer?.startsWith('refused'))).toHaveLength(4)
})

it('holds within one process too, and makes the folder', async () => {
  const inner = join(folder, 'a/b')
  const release = await lockDataDir(inner)
  await expect(lockDataDir(inner)).rejects.toBeInstanceOf(StartError)
  expect(await start(inner).line()).toMatch(/^refused/)
  const releaseOther = await lockDataDir(folder)
  await release()
  await (
    await lockDataDir(inner)
  )()
  await releaseOther()
})
