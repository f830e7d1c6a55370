// SIGHUP: a good mendline.yaml counts from then on, a bad one changes nothing and says why; nobody restarts anything.
import { afterEach, describe, expect, it } from 'vitest'
import { startEmbeddedDesk, type EmbeddedDesk } from '../support/embedded-desk.ts'
import { eventually } from '../support/processes.ts'
import { fromBot, openChat } from '../support/visitor.ts'

let desk: EmbeddedDesk
afterEach(() => desk.remove())

/** What a new visitor is greeted with. */
async function greeting(): Promise<string> {
  const visitor = await openChat(() => [desk.url])
  await visitor.say('hello', 'one')
  return eventually(async () => (await visitor.history()).find(fromBot)?.text, 'a greeting')
}

describe('SIGHUP', () => {
  it('brings a good file into effect, keeps the old settings for a bad one and names its mistakes', async () => {
    desk = await startEmbeddedDesk({ yaml: 'company: Old Name\n', env: { LOG_LEVEL: 'info' } })
    expect(await greeting()).toContain('Old Name')

    desk.reload('company: New Name\n')
    await eventually(async () => (desk.output().includes('settings read again') ? true : undefined), 'the new settings')
    expect(await greeting()).toContain('New Name')

    desk.reload('company: Wrong Name\nform:\n  serial: perhaps\ncolour: red\n')
    const why = await eventually(async () => /The old settings stay:[^]*mendline\.yaml:4: colour: is no setting/.exec(desk.output())?.[0], 'the reason')
    expect(why).toMatch(/mendline\.yaml:3: form\.serial: /)
    expect(await greeting()).toContain('New Name')

    desk.reload('company: [')
    await eventually(async () => (desk.output().split('The old settings stay').length === 3 ? true : undefined), 'the second reason')
    expect(await greeting()).toContain('New Name')
    expect((await fetch(`${desk.url}/readyz`)).status).toBe(200)
  }, 180_000)
})
