// What Slack tells an app about: events in their wrapper, as the Events API sends them.
import type { Delivery } from './delivery.ts'
import { fileView, without, type Json, type Message, type Room, type StoredFile, type Workspace } from './workspace.ts'

const channelTypes = { channel: 'channel', private: 'group', im: 'im', mpim: 'mpim' } as const

export interface Events {
  /** A new message: `message`, and `app_mention` where the bot is named in a channel; each with an id of its own. */
  posted(room: Room, message: Message): Promise<unknown>
  changed(room: Room, message: Message, before: Message): Promise<unknown>
  deleted(room: Room, before: Message): Promise<unknown>
  /** Any other event. */
  other(event: Json): Promise<unknown>
}

export function createEvents(workspace: Workspace, delivery: Delivery): Events {
  const wrap = (event: Json, external: boolean): Json => ({
    token: 'one-long-verification-token',
    team_id: workspace.team,
    context_team_id: workspace.team,
    context_enterprise_id: null,
    api_app_id: workspace.appId,
    event,
    type: 'event_callback',
    event_id: workspace.id('Ev'),
    event_time: Math.floor(Date.now() / 1000),
    authorizations: [{ enterprise_id: null, team_id: workspace.team, user_id: workspace.bot.id, is_bot: true, is_enterprise_install: false }],
    is_ext_shared_channel: external,
    event_context: `4-${workspace.id('C')}`,
  })
  const inRoom = (room: Room, event: Json): Promise<unknown> =>
    room.members.has(workspace.bot.id) ? delivery.event(wrap({ ...event, channel: room.id }, workspace.isConnect(room))) : Promise.resolve()

  return {
    posted(room, message) {
      const shown = wire(workspace, message)
      const event = inRoom(room, { ...shown, channel_type: channelTypes[room.kind], event_ts: message.ts })
      if (room.kind === 'im' || message.user === workspace.bot.id || !message.text.includes(`<@${workspace.bot.id}>`)) return event
      return Promise.all([inRoom(room, { ...without(shown, 'subtype'), type: 'app_mention', event_ts: message.ts }), event])
    },
    changed: (room, message, before) =>
      inRoom(room, {
        type: 'message',
        subtype: 'message_changed',
        hidden: true,
        message: wire(workspace, message),
        previous_message: wire(workspace, before),
        channel_type: channelTypes[room.kind],
        ts: workspace.ts(),
        event_ts: workspace.ts(),
      }),
    deleted: (room, before) =>
      inRoom(room, {
        type: 'message',
        subtype: 'message_deleted',
        hidden: true,
        deleted_ts: before.ts,
        previous_message: wire(workspace, before),
        channel_type: channelTypes[room.kind],
        ts: workspace.ts(),
        event_ts: workspace.ts(),
      }),
    other: (event) => delivery.event(wrap(event, false)),
  }
}

/** A message as others see it: metadata only where it is asked for, files as their viewer may see them. */
export function wire(workspace: Workspace, message: Message, withMetadata = false): Json {
  const { metadata, files } = message
  const ids = Array.isArray(files) ? files.map(String) : []
  const shown = ids.map((id) => workspace.files.get(id)).filter((file): file is StoredFile => file !== undefined)
  return {
    ...without(message, 'metadata', 'files'),
    ...(shown.length === 0 ? {} : { files: shown.map((file) => fileView(file, false)) }),
    ...(withMetadata && metadata !== undefined ? { metadata } : {}),
  }
}
