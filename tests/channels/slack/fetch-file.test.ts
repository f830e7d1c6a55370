// Files of customers: fetched with our token from Slack and nobody else, known by what they are, and not without end.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RemoteFile } from '../../../src/message.ts'
import { png } from '../webchat/visitor.ts'
import { kept, type KeptFile } from '../../support/kept.ts'
import { openSlack, type Open } from './desk-door.ts'
import type { Slacker } from '../../emulators/slack/person.ts'

let open: Open
let ann: Slacker
beforeEach(async () => {
  open = await openSlack()
  ann = open.slack.person({ name: 'ann' })
})
afterEach(() => open.close())

const photo = { name: 'plate.jpg', mimetype: 'image/jpeg', content: png }

async function share(more: Partial<typeof photo & { connect: boolean }> = {}): Promise<RemoteFile> {
  await ann.say(ann.im, '', { files: [{ ...photo, ...more }] })
  const remote = open.door.messages().at(-1)?.remotes?.[0]
  if (remote === undefined) throw new Error('no file came with the message')
  return remote
}

const fetched = async (file: RemoteFile): Promise<KeptFile> => kept((await open.channel.fetch?.(file)) ?? expect.unreachable(), file)

describe('a file', () => {
  it('is had with our token, and called what it is, whatever its name says', async () => {
    expect(await fetched(await share())).toEqual({ contentType: 'image/png', name: 'plate.jpg', bytes: Buffer.from(png) })
  })

  it('that only claims to be a photo is just bytes', async () => {
    expect(await fetched(await share({ content: Buffer.from([0, 1, 2]) }))).toMatchObject({ contentType: 'application/octet-stream' })
  })

  it('across Slack Connect is asked for by its id', async () => {
    const remote = await share({ connect: true })
    expect(remote.remote).toMatch(/^slack-file:F/)
    expect(await fetched(remote)).toMatchObject({ contentType: 'image/png', name: 'plate.jpg', bytes: Buffer.from(png) })
  })

  it('that Slack says is gone is not asked for again', async () => {
    const remote = await share({ connect: true })
    open.slack.workspace.files.clear()
    await expect(fetched(remote)).rejects.toMatchObject({ kind: 'never', reason: 'Slack answered file_not_found' })
  })

  it('larger than we take is left, before and while it comes', async () => {
    const remote = await share({ content: Buffer.alloc(20 * 1024 * 1024 + 1) })
    await expect(fetched(remote)).rejects.toMatchObject({ why: 'size' })
    open.slack.trouble('download', { kind: 'chunked' })
    await expect(fetched(remote)).rejects.toMatchObject({ why: 'size' })
  })

  it('that Slack cannot give now is asked for later, and one that is not there never', async () => {
    const remote = await share()
    for (const [status, kind] of [
      [503, 'later'],
      [429, 'later'],
      [404, 'never'],
      [302, 'never'],
    ] as const) {
      open.slack.trouble('download', { kind: 'status', status })
      await expect(fetched(remote)).rejects.toMatchObject({ kind })
    }
  })

  it('that Slack hides behind its sign-in page is asked for later, when somebody has given us the right', async () => {
    const remote = await share()
    open.slack.forgetToken()
    await expect(fetched(remote)).rejects.toMatchObject({ kind: 'later', reason: expect.stringContaining('files:read') })
  })

  it('is asked for later while Slack is away', async () => {
    const remote = await share()
    await open.slack.close()
    await expect(fetched(remote)).rejects.toMatchObject({ kind: 'later' })
  })
})
