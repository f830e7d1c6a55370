// The state of an emulated Slack: workspaces, people, conversations, messages, files, views. Slack's own words and shapes.

/** Anything that goes over the wire as JSON. */
export type Json = Record<string, unknown>

export interface Person {
  id: string
  team: string
  name: string
  realName: string
  /** Single-channel or multi-channel guest. */
  guest: boolean
  bot: boolean
  deleted: boolean
}

export interface Message extends Json {
  ts: string
  text: string
  user: string
  thread_ts?: string
}

export interface Room {
  id: string
  name: string
  kind: 'channel' | 'private' | 'im' | 'mpim'
  members: Set<string>
  archived: boolean
  messages: Message[]
}

export interface StoredFile extends Json {
  id: string
  name: string
  mimetype: string
  size: number
  content: Uint8Array
  /** As events from Slack Connect bring it: nothing but the id, the rest by files.info. */
  connect: boolean
}

export interface View extends Json {
  id: string
  hash: string
  type: string
  blocks: Json[]
}

export interface Ephemeral {
  channel: string
  user: string
  text: string
  blocks: Json[]
}

export class Workspace {
  readonly team: string
  readonly bot: Person
  readonly botId: string
  readonly appId: string
  readonly people = new Map<string, Person>()
  readonly rooms = new Map<string, Room>()
  readonly files = new Map<string, StoredFile>()
  readonly ephemerals: Ephemeral[] = []
  /** Open modals of each person, the topmost last. */
  readonly modals = new Map<string, View[]>()
  readonly homes = new Map<string, View>()
  private counter = 0x5a3c1
  private lastTs = 0

  constructor() {
    this.team = this.id('T')
    this.bot = this.addPerson({ name: 'mendline', bot: true })
    this.botId = this.id('B')
    this.appId = this.id('A')
  }

  id(prefix: string): string {
    this.counter += 7919
    return `${prefix}0${this.counter.toString(36).toUpperCase().padStart(8, '0')}`
  }

  /** Seconds and microseconds, never the same twice. */
  ts(): string {
    this.lastTs = Math.max(this.lastTs + 1, Date.now() * 1000)
    return `${Math.floor(this.lastTs / 1_000_000)}.${String(this.lastTs % 1_000_000).padStart(6, '0')}`
  }

  addPerson(about: { name: string; realName?: string; team?: string; guest?: boolean; bot?: boolean }): Person {
    const { name, realName = name, team = this.team, guest = false, bot = false } = about
    const person: Person = { id: this.id('U'), team, name, realName, guest, bot, deleted: false }
    this.people.set(person.id, person)
    return person
  }

  addRoom(about: { name: string; kind?: Room['kind']; members: readonly string[] }): Room {
    const { name, kind = 'channel', members } = about
    const room: Room = { id: this.id(kind === 'im' ? 'D' : 'C'), name, kind, members: new Set(members), archived: false, messages: [] }
    this.rooms.set(room.id, room)
    return room
  }

  /** The direct conversation of a person with the bot; opened when it is first needed. */
  im(person: string): Room {
    for (const room of this.rooms.values()) if (room.kind === 'im' && room.members.has(person)) return room
    return this.addRoom({ name: '', kind: 'im', members: [person, this.bot.id] })
  }

  /** Shared with people of another workspace. */
  isConnect(room: Room): boolean {
    return [...room.members].some((member) => this.people.get(member)?.team !== this.team)
  }

  add(room: Room, message: Omit<Message, 'ts'> & { text: string; user: string }): Message {
    const stored: Message = { type: 'message', ...message, ts: this.ts() }
    room.messages.push(stored)
    return stored
  }

  message(channel: string, ts: string): Message | undefined {
    return this.rooms.get(channel)?.messages.find((message) => message.ts === ts)
  }

  addFile(base: string, about: { name: string; mimetype: string; content: Uint8Array; user: string; connect?: boolean }): StoredFile {
    const id = this.id('F')
    const { content, connect = false, ...rest } = about
    const address = `${base}/files-pri/${this.team}-${id}/${encodeURIComponent(about.name)}`
    const file: StoredFile = {
      ...rest,
      id,
      content,
      connect,
      size: content.length,
      title: about.name,
      filetype: about.name.split('.').at(-1) ?? '',
      mode: 'hosted',
      is_external: false,
      url_private: address,
      url_private_download: `${base}/files-pri/${this.team}-${id}/download/${encodeURIComponent(about.name)}`,
      permalink: `${base}/files/${about.user}/${id}`,
    }
    this.files.set(id, file)
    return file
  }

  view(id: string): { person: string; view: View } | undefined {
    for (const [person, views] of this.modals) for (const view of views) if (view.id === id) return { person, view }
    for (const [person, view] of this.homes) if (view.id === id) return { person, view }
    return undefined
  }
}

/** A file as messages and files.info show it. */
export function fileView(file: StoredFile, whole: boolean): Json {
  return file.connect && !whole ? { id: file.id, mode: 'file_access', file_access: 'check_file_info' } : without(file, 'content', 'connect')
}

/** What a person typed as Slack stores it: escaped, mentions and addresses in angle brackets. */
export function typed(workspace: Workspace, text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const linked = escaped.replace(/https?:\/\/[^\s]+/g, (url) => `<${url}>`)
  return [...workspace.people.values()].reduce((sofar, { id, name }) => sofar.replaceAll(`@${name}`, `<@${id}>`), linked)
}

export function without(value: Json, ...names: string[]): Json {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)))
}

export function record(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : {}
}

export function list(value: unknown): Json[] {
  return Array.isArray(value) ? value.map(record) : []
}

export function words(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
