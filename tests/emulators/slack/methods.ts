// The Web API methods an app like ours calls, over the emulated workspace. Refusals carry Slack's own codes.
// https://docs.slack.dev/reference/methods
import { wire } from './events.ts'
import { complaints } from './limits.ts'
import { viewMethods } from './views.ts'
import { fileView, list, words, type Json, type Message, type Room, type Workspace } from './workspace.ts'
import { Refusal, withIds, type Method, type World } from './world.ts'

export function createMethods(world: World): ReadonlyMap<string, Method> {
  const { workspace, events } = world
  const { bot } = workspace

  function room(id: unknown): Room {
    const found = workspace.rooms.get(words(id)) ?? (workspace.people.has(words(id)) ? workspace.im(words(id)) : undefined)
    // A private channel the bot is not in does not exist for it.
    if (found === undefined || (found.kind !== 'channel' && !found.members.has(bot.id))) throw new Refusal('channel_not_found')
    return found
  }
  function writable(id: unknown): Room {
    const found = room(id)
    if (found.archived) throw new Refusal('is_archived')
    if (!found.members.has(bot.id)) throw new Refusal('not_in_channel')
    return found
  }
  function readable(id: unknown): Room {
    const found = room(id)
    if (!found.members.has(bot.id)) throw new Refusal('not_in_channel')
    return found
  }
  function content(args: Json): Json {
    const blocks = list(args['blocks'])
    const text = words(args['text'])
    const wrong = complaints(blocks, 'message')
    if (wrong.length > 0)
      throw new Refusal(
        'invalid_blocks',
        wrong.map((each) => `[ERROR] ${each}`),
      )
    if (text === '' && blocks.length === 0) throw new Refusal('no_text')
    if (text.length > 40_000) throw new Refusal('msg_too_long')
    return {
      text,
      ...(blocks.length === 0 ? {} : { blocks: withIds(workspace, blocks) }),
      ...(args['metadata'] === undefined ? {} : { metadata: args['metadata'] }),
    }
  }
  const asBot = (text: string) => ({ user: bot.id, text, team: workspace.team, bot_id: workspace.botId, app_id: workspace.appId })
  function own(args: Json): { where: Room; message: Message } {
    const where = writable(args['channel'])
    const message = workspace.message(where.id, words(args['ts']))
    if (message === undefined) throw new Refusal('message_not_found')
    if (message.user !== bot.id) throw new Refusal('cant_update_message')
    return { where, message }
  }
  function page(messages: readonly Message[], args: Json): Json {
    const limit = Number(args['limit'] ?? 100)
    const skip = Number(words(args['cursor']) || '0')
    const after = words(args['oldest'])
    const before = words(args['latest'])
    const inclusive = String(args['inclusive']) === 'true'
    const within = messages.filter(
      ({ ts }) => (after === '' || ts > after || (inclusive && ts === after)) && (before === '' || ts < before || (inclusive && ts === before)),
    )
    const shown = within.slice(skip, skip + limit)
    const more = skip + limit < within.length
    return {
      messages: shown.map((message) => wire(workspace, message, String(args['include_all_metadata']) === 'true')),
      has_more: more,
      response_metadata: { next_cursor: more ? String(skip + limit) : '' },
    }
  }

  return new Map<string, Method>([
    [
      'auth.test',
      () => ({
        url: 'https://example.slack.com/',
        team: 'Example',
        user: bot.name,
        team_id: workspace.team,
        user_id: bot.id,
        bot_id: workspace.botId,
        is_enterprise_install: false,
      }),
    ],
    ['apps.connections.open', () => ({ url: world.socketUrl() })],
    [
      'chat.postMessage',
      (args) => {
        const where = writable(args['channel'])
        const thread = words(args['thread_ts'])
        const message = workspace.add(where, {
          ...asBot(''),
          ...content(args),
          ...(thread === '' ? {} : { thread_ts: thread }),
        })
        void events.posted(where, message)
        return { channel: where.id, ts: message.ts, message: wire(workspace, message) }
      },
    ],
    [
      'chat.update',
      (args) => {
        const { where, message } = own(args)
        const before = { ...message }
        if (args['blocks'] !== undefined && list(args['blocks']).length === 0) delete message['blocks']
        Object.assign(message, content({ text: message.text, ...args }))
        void events.changed(where, message, before)
        return { channel: where.id, ts: message.ts, text: message.text }
      },
    ],
    [
      'chat.delete',
      (args) => {
        const { where, message } = own(args)
        where.messages.splice(where.messages.indexOf(message), 1)
        void events.deleted(where, message)
        return { channel: where.id, ts: message.ts }
      },
    ],
    [
      'chat.postEphemeral',
      (args) => {
        const where = writable(args['channel'])
        const user = words(args['user'])
        if (!where.members.has(user)) throw new Refusal('user_not_in_channel')
        const { text, blocks } = content(args)
        workspace.ephemerals.push({ channel: where.id, user, text: words(text), blocks: list(blocks) })
        return { message_ts: workspace.ts() }
      },
    ],
    [
      'chat.getPermalink',
      (args) => ({
        channel: room(args['channel']).id,
        permalink: `https://example.slack.com/archives/${words(args['channel'])}/p${words(args['message_ts']).replace('.', '')}`,
      }),
    ],
    [
      'conversations.history',
      (args) =>
        page(
          readable(args['channel'])
            .messages.filter(({ ts, thread_ts }) => thread_ts === undefined || thread_ts === ts)
            .toReversed(),
          args,
        ),
    ],
    [
      'conversations.replies',
      (args) => {
        const found = readable(args['channel']).messages.filter(({ ts, thread_ts }) => ts === args['ts'] || thread_ts === args['ts'])
        if (found.length === 0) throw new Refusal('thread_not_found')
        return page(found, args)
      },
    ],
    [
      'conversations.info',
      (args) => {
        const { id, name, kind, archived, ...rest } = room(args['channel'])
        return {
          channel: {
            id,
            name,
            is_im: kind === 'im',
            is_private: kind !== 'channel',
            is_archived: archived,
            is_member: rest.members.has(bot.id),
            is_ext_shared: workspace.isConnect({ id, name, kind, archived, ...rest }),
          },
        }
      },
    ],
    ['conversations.members', (args) => ({ members: [...readable(args['channel']).members], response_metadata: { next_cursor: '' } })],
    [
      'conversations.open',
      (args) => {
        const user = words(args['users'])
        if (!workspace.people.has(user)) throw new Refusal('user_not_found')
        return { channel: { id: workspace.im(user).id } }
      },
    ],
    [
      'users.conversations',
      (args) => ({
        channels: [...workspace.rooms.values()]
          .filter(({ kind, members }) => members.has(bot.id) && (words(args['types']) || 'channel').split(',').includes(kind))
          .map(({ id }) => ({ id })),
        response_metadata: { next_cursor: '' },
      }),
    ],
    ['users.info', (args) => ({ user: userView(workspace, words(args['user'])) })],
    ['users.list', () => ({ members: [...workspace.people.keys()].map((id) => userView(workspace, id)), response_metadata: { next_cursor: '' } })],
    [
      'files.info',
      (args) => {
        const file = workspace.files.get(words(args['file']))
        if (file === undefined) throw new Refusal('file_not_found')
        return { file: fileView(file, true) }
      },
    ],
    [
      'files.getUploadURLExternal',
      (args) => {
        const name = words(args['filename'])
        if (name === '' || Number(args['length']) < 1) throw new Refusal('invalid_arguments')
        const id = workspace.id('F')
        world.uploads.set(id, { name, content: undefined })
        return { upload_url: `${world.base()}/upload/${id}`, file_id: id }
      },
    ],
    [
      'files.completeUploadExternal',
      (args) => {
        const done = list(args['files']).map(({ id, title }) => {
          const upload = world.uploads.get(words(id))
          if (upload?.content === undefined) throw new Refusal('file_not_found')
          const file = workspace.addFile(world.base(), { name: upload.name, mimetype: 'application/octet-stream', content: upload.content, user: bot.id })
          return Object.assign(file, { title: words(title) || upload.name })
        })
        const thread = words(args['thread_ts'])
        if (args['channel_id'] !== undefined) {
          const where = writable(args['channel_id'])
          const message = workspace.add(where, {
            ...asBot(words(args['initial_comment'])),
            upload: true,
            files: done.map(({ id }) => id),
            ...(thread === '' ? {} : { thread_ts: thread }),
          })
          void events.posted(where, message)
        }
        return { files: done.map(({ id, title }) => ({ id, title })) }
      },
    ],
    ...viewMethods(world),
  ])
}

function userView(workspace: Workspace, id: string): Json {
  const person = workspace.people.get(id)
  if (person === undefined) throw new Refusal('user_not_found')
  const { team, name, realName, guest, bot, deleted } = person
  const profile = { real_name: realName, display_name: name, team }
  return {
    id,
    team_id: team,
    name,
    real_name: realName,
    profile,
    deleted,
    is_bot: bot,
    is_stranger: team !== workspace.team,
    is_restricted: guest,
    is_ultra_restricted: false,
  }
}
