// The app manifest asks Slack for what the code uses: neither less, which fails in production only, nor more.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'

const root = join(import.meta.dirname, '../../..')
const manifest = z
  .object({
    features: z.object({
      app_home: z.object({ home_tab_enabled: z.boolean(), messages_tab_enabled: z.boolean(), messages_tab_read_only_enabled: z.boolean() }),
      slash_commands: z.array(z.object({ command: z.string() })),
      shortcuts: z.array(z.object({ callback_id: z.string(), type: z.string() })),
    }),
    oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
    settings: z.object({
      event_subscriptions: z.object({ bot_events: z.array(z.string()) }),
      interactivity: z.object({ is_enabled: z.boolean() }),
    }),
  })
  .parse(parse(readFileSync(join(root, 'docs/slack-app-manifest.yaml'), 'utf8')))
const code = readdirSync(join(root, 'channels/slack'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(join(root, 'channels/slack', name), 'utf8'))
  .join('\n')
const found = (pattern: RegExp): string[] => [...new Set([...code.matchAll(pattern)].flatMap(([, name]) => name ?? []))]

/** Scopes by method, in the conversations the bot is in: channels, private channels, direct ones. https://docs.slack.dev/reference/methods */
const everywhere = (what: string): string[] => ['channels', 'groups', 'im'].map((kind) => `${kind}:${what}`)
const scopesOf: Readonly<Record<string, readonly string[]>> = {
  'auth.test': [],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.history': everywhere('history'),
  'conversations.replies': everywhere('history'),
  'conversations.info': everywhere('read'),
  'conversations.members': everywhere('read'),
  'users.conversations': everywhere('read'),
  'conversations.open': ['im:write'],
  'files.info': ['files:read'],
  filesUploadV2: ['files:write'],
  'users.info': ['users:read'],
  'views.open': [],
  'views.publish': [],
  'views.update': [],
}
/** Scopes by event. https://docs.slack.dev/reference/events */
const eventScopes: Readonly<Record<string, readonly string[]>> = {
  app_home_opened: [],
  app_mention: ['app_mentions:read'],
  'message.channels': ['channels:history'],
  'message.groups': ['groups:history'],
  'message.im': ['im:history'],
}

describe('the app manifest', () => {
  it('asks for exactly the scopes that the methods and events in use need', () => {
    const methods = found(/\bclient\.((?:[a-z]+\.)?[a-zA-Z\d]+)\(/g).filter((name) => name.includes('.') || name === 'filesUploadV2')
    expect(methods.filter((name) => !(name in scopesOf))).toEqual([])
    const events = manifest.settings.event_subscriptions.bot_events
    expect(events.filter((name) => !(name in eventScopes))).toEqual([])
    const wanted = [...methods.flatMap((name) => scopesOf[name] ?? []), ...events.flatMap((name) => eventScopes[name] ?? []), 'commands']
    expect(manifest.oauth_config.scopes.bot.toSorted()).toEqual([...new Set(wanted)].toSorted())
  })

  it('subscribes to the events that have listeners, and to messages wherever customers write', () => {
    expect(manifest.settings.event_subscriptions.bot_events.toSorted()).toEqual(
      [...found(/\bapp\.event\('(\w+)'/g), 'app_mention', 'message.channels', 'message.groups', 'message.im'].toSorted(),
    )
  })

  it('names the commands and shortcuts that have listeners, and lets people write to the bot', () => {
    expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual(found(/\bapp\.command\('(\/\w+)'/g))
    expect(manifest.features.shortcuts).toMatchObject(found(/callback_id: '(create_\w+)'/g).map((callback_id) => ({ callback_id, type: 'message' })))
    expect(manifest.settings.interactivity.is_enabled).toBe(true)
    expect(manifest.features.app_home).toEqual({ home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false })
  })
})
