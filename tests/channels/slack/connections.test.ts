// What `mendline check` says of Slack, and what to do about it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSlackChannel, type SlackOptions } from '../../../channels/slack/index.ts'
import { StartError } from '../../../src/errors.ts'
import { startSlack, type Slack } from '../../emulators/slack.ts'
import type { Room } from '../../emulators/slack/workspace.ts'
import { slackOptions } from './fixture.ts'

let slack: Slack
let triage: Room
beforeEach(async () => {
  slack = await startSlack()
  triage = slack.room('triage', [slack.person({ name: 'gil' })])
})
afterEach(() => slack.close())

/** What each says that works, or the problems it names. */
async function said(change: Partial<SlackOptions> = {}): Promise<unknown[]> {
  const { connections = [] } = createSlackChannel({ ...slackOptions(slack), appToken: slack.appToken, triageChannel: triage.id, ...change })
  return Promise.all(connections.map((connection) => connection.try().catch((error: unknown) => (error instanceof StartError ? error.problems : error))))
}

describe('the connections', () => {
  it('are all there', async () => {
    expect(await said()).toEqual(['Slack knows the app in Example', 'Slack opens a socket for the app', 'the bot is in the triage channel'])
  })

  it('say what to do where a token is wrong', async () => {
    expect(await said({ botToken: 'xoxb-wrong', appToken: 'xapp-wrong', triageChannel: undefined })).toEqual([
      [expect.stringMatching(/^SLACK_BOT_TOKEN: Slack answered invalid_auth: .*OAuth & Permissions/)],
      [expect.stringMatching(/^SLACK_APP_TOKEN: Slack answered invalid_auth: .*Basic Information/)],
    ])
  })

  it('name the rights that the app lacks', async () => {
    slack.scopes = slack.scopes.filter((scope) => scope !== 'users:read')
    expect((await said())[0]).toEqual([expect.stringMatching(/lacks users:read:.*install it anew/)])
  })

  it('say so when the bot is not in the triage channel, or another company is', async () => {
    triage.members.delete(slack.workspace.bot.id)
    expect((await said())[2]).toEqual([expect.stringContaining('invite it')])
    triage.members.add(slack.workspace.bot.id).add(slack.person({ name: 'paula', team: 'T0PARTNER' }).id)
    expect((await said())[2]).toEqual([expect.stringContaining('another company')])
  })
})
