// The desk in Slack through its front door: signed interactions come in, and agents look at what they see.
import { afterEach, describe, expect, it } from 'vitest'
import { openInsideDesk, shownIn, type InsideDesk } from '../../support/inside-desk.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})
const open = (yaml?: Parameters<typeof openInsideDesk>[0]['yaml']): Promise<InsideDesk> =>
  openInsideDesk({ ...(yaml === undefined ? {} : { yaml }), onClose: (cleanup) => void cleanups.push(cleanup) })

describe('the card of a ticket', () => {
  it('appears once in the triage channel with stage, owner and the words of its customer, and stays up to date in place', async () => {
    const desk = await open()
    const { number } = await desk.reported('My T5 treadmill stops after ten minutes')
    const { message } = await desk.card(number)
    expect(shownIn(message)).toContain('My T5 treadmill stops after ten minutes')
    expect(shownIn(message)).toContain('nobody yet')
    expect(message['metadata']).toEqual({ event_type: 'mendline_card', event_payload: { ticket: number } })
    expect(await desk.dana.press('Accept', { message, channel: desk.triage })).toMatchObject({ status: 200 })
    const claimed = await desk.card(number, 'Accepted', `<@${desk.dana.id}>`)
    expect(claimed.message.ts).toBe(message.ts)
    expect(desk.cards(number)).toHaveLength(1)
  })
})
