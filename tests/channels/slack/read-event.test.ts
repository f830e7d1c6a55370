// What the recorded payloads say to us.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readEvent } from '../../../channels/slack/read-event.ts'
import { readRequest } from '../../../channels/slack/read-request.ts'
import { plainText } from '../../../channels/slack/text.ts'
import { triageChannel } from './fixture.ts'

async function read(name: string) {
  const raw = await readFile(join(import.meta.dirname, 'payloads', name))
  const request = readRequest('application/json', raw)
  if (request.kind !== 'event') throw new Error(`${name} is no event`)
  return readEvent(request.body, raw, (channel) => channel === triageChannel)
}

describe('a recorded event', () => {
  it('of a direct message is its words as they were typed', async () => {
    expect(await read('message-im.json')).toMatchObject({
      kind: 'message',
      message: {
        account: 'T061EG9R6',
        providerId: 'T061EG9R6:D0442US94JD:1709640000.100019',
        from: { address: 'T061EG9R6:U061F7AUR' },
        thread: 'D0442US94JD',
        text: 'Our T5 treadmill stops after ten minutes & shows <E03>. Photos are at example.org/p/12, write to ann@example.org.',
      },
    })
  })

  it('with files names those to be fetched; files that lie with others are words, deleted ones nothing', async () => {
    const host = 'https://files.slack.com/files-pri/T061EG9R6'
    expect(await read('message-im-files.json')).toMatchObject({
      message: {
        text: 'Invoice: https://docs.google.com/document/d/1x2y3z/edit',
        remotes: [
          { remote: `${host}-F06N2FILE01/download/img_2041.jpg`, name: 'IMG 2041.jpg', contentType: 'image/jpeg' },
          { remote: `${host}-F06N2FILE02/download/label.png`, name: 'label.png', contentType: 'image/png' },
        ],
      },
    })
  })

  it('of a mention is the words behind it, in a thread of its own', async () => {
    expect(await read('app-mention.json')).toMatchObject({
      message: { thread: 'C06HELPDESK:1709640300.300019', text: 'the dishwasher in the kitchen of #office leaks, @U061DANA1 saw it too' },
    })
  })

  it('of a partner brings their workspace and their name', async () => {
    expect(await read('message-connect.json')).toMatchObject({ message: { from: { address: 'T08PARTNER:U08PARTNR', name: 'Paula Partner' } } })
  })

  it('of a partner’s file does not say where they belong, so that is asked', async () => {
    expect(await read('message-connect-file.json')).toEqual({ kind: 'unplaced', user: 'U08PARTNR' })
  })

  it('of a forwarded message is the words that were forwarded', async () => {
    expect(await read('message-forwarded.json')).toMatchObject({ message: { text: 'the oven does not heat' } })
  })

  it.each([
    ['message-thread-reply.json', 'perhaps'],
    ['message-changed.json', 'note'],
    ['message-deleted.json', 'note'],
    ['message-chatter.json', 'ignored'],
    ['message-own.json', 'ignored'],
    ['message-other-bot.json', 'ignored'],
    ['message-joined.json', 'ignored'],
    ['message-unfurled.json', 'ignored'],
    ['triage-message.json', 'event'],
    ['app-home-opened.json', 'event'],
    ['member-joined-channel.json', 'event'],
  ])('%s is %s', async (name, kind) => {
    expect(await read(name)).toMatchObject({ kind })
  })
})

describe('Slack’s text', () => {
  it.each([
    ['<@U07MENDLN0> hello', 'hello'],
    ['<@U07MENDLN0>, <@U07MENDLN0>: hello', 'hello'],
    ['hello <@U07MENDLN0>', 'hello'],
    ['ask <@U061DANA1|dana> or <@U061CARLO>', 'ask @dana or @U061CARLO'],
    ['<!here> <!subteam^S012|@support> <!channel|channel>', '@here @support channel'],
    ['<!date^1392734382^{date}|Feb 18, 2014>', 'Feb 18, 2014'],
    ['<https://example.org>', 'https://example.org'],
    ['<http://example.org|example.org>', 'example.org'],
    ['<https://example.org/a?b=1&amp;c=2|the manual>', 'the manual (https://example.org/a?b=1&c=2)'],
    ['<tel:+14155550100|415 555 0100>', '415 555 0100 (tel:+14155550100)'],
    ['&lt;b&gt; &amp;amp; &amp;lt;', '<b> &amp; &lt;'],
    ['a < b', 'a < b'],
  ])('%s reads %s', (text, plain) => {
    expect(plainText(text, 'U07MENDLN0')).toBe(plain)
  })
})
