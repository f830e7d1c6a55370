// Does Slack know our app, may the app do what it has to, and is it in the triage channel? For `mendline check`.
import { WebClient } from '@slack/web-api'
import type { Connection } from '../../src/connection.ts'
import { StartError } from '../../src/errors.ts'
import type { SlackContext } from './context.ts'
import { sendErrorOf } from './send-error.ts'

/** As in docs/slack-app-manifest.yaml. */
const scopes = [
  'app_mentions:read',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'im:write',
  'users:read',
]

export function slackConnections({ client, clientOptions, options }: SlackContext): Connection[] {
  const { appToken, triageChannel } = options
  return [
    {
      setting: 'SLACK_BOT_TOKEN',
      async try() {
        const { team, response_metadata } = await client.auth
          .test()
          .catch(refused('SLACK_BOT_TOKEN', 'unless Slack is away, copy the token anew from OAuth & Permissions of the app'))
        const missing = response_metadata?.scopes === undefined ? [] : scopes.filter((scope) => !response_metadata.scopes?.includes(scope))
        if (missing.length > 0)
          throw new StartError([`SLACK_BOT_TOKEN: the app lacks ${missing.join(', ')}: add them under OAuth & Permissions and install it anew`])
        return `Slack knows the app in ${team}`
      },
    },
    ...(appToken === undefined
      ? []
      : [
          {
            setting: 'SLACK_APP_TOKEN',
            async try() {
              await new WebClient(appToken, { ...clientOptions }).apps.connections
                .open()
                .catch(refused('SLACK_APP_TOKEN', 'unless Slack is away, make a token with connections:write under Basic Information of the app'))
              return 'Slack opens a socket for the app'
            },
          },
        ]),
    ...(triageChannel === undefined
      ? []
      : [
          {
            setting: 'SLACK_TRIAGE_CHANNEL',
            async try() {
              const { channel } = await client.conversations
                .info({ channel: triageChannel })
                .catch(refused('SLACK_TRIAGE_CHANNEL', 'unless Slack is away, copy the id from the details of the channel'))
              if (channel?.is_member !== true) throw new StartError(['SLACK_TRIAGE_CHANNEL: the bot is not in the channel: invite it there'])
              if (channel.is_ext_shared) throw new StartError(['SLACK_TRIAGE_CHANNEL: the channel is shared with another company, which would read everything'])
              return 'the bot is in the triage channel'
            },
          },
        ]),
  ]
}

function refused(setting: string, advice: string): (error: unknown) => never {
  return (error) => {
    throw new StartError([`${setting}: ${sendErrorOf(error).reason}: ${advice}`])
  }
}
