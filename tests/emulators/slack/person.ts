// Being somebody in the emulated Slack: writes, shares files, presses, fills in modals, runs commands, opens the app's home.
import type { Attempt, Delivery } from './delivery.ts'
import { fillIn, type Value } from './form.ts'
import { createInteractions, type Handles, type Shown } from './interactions.ts'
import { typed, words, type Ephemeral, type Json, type Message, type Person, type Room, type View } from './workspace.ts'
import type { World } from './world.ts'

export interface SharedFile {
  name: string
  mimetype: string
  content: Uint8Array
  /** Shared from the other side of Slack Connect: the event brings the id only. */
  connect?: boolean
}

export interface Words {
  thread?: string
  files?: readonly SharedFile[]
}

export interface Slacker {
  readonly id: string
  readonly team: string
  /** The direct conversation with the bot. */
  readonly im: string
  /** Resolves once the app took it, or Slack gave up. `@name` in the text becomes a mention. */
  say(channel: string, text: string, more?: Words): Promise<Message>
  edit(channel: string, ts: string, text: string): Promise<void>
  remove(channel: string, ts: string): Promise<void>
  /** Presses the button whose label or `action_id` this is. `in`: a message, or nothing for the topmost modal or else the home tab. */
  press(button: string, place?: { message?: Message; channel?: string }): Promise<Attempt>
  /** Chooses from a menu, by its `action_id`. */
  choose(action: string, value: string, place?: { message?: Message; channel?: string }): Promise<Attempt>
  /** Submits the topmost modal; values by `action_id` or `block_id`. Throws where Slack's own client would not let it go. */
  submit(values?: Readonly<Record<string, Value>>): Promise<Attempt>
  /** Closes the topmost modal without submitting. */
  close(): Promise<Attempt | undefined>
  command(command: string, text: string, channel?: string): Promise<Attempt>
  /** A shortcut of the app on a message, or anywhere. */
  shortcut(callback: string, on?: { message: Message; channel: string }): Promise<Attempt>
  openHome(): Promise<void>
  /** What they see: messages of a channel they are in, notes only they see, modals, the home tab. */
  sees(channel: string): Message[]
  ephemerals(): Ephemeral[]
  modal(): View | undefined
  home(): View | undefined
  /** Errors shown at the inputs of the topmost modal, by block. */
  errors(): Readonly<Record<string, string>>
}

export function createSlacker(world: World & Handles, delivery: Delivery, person: Person): Slacker {
  const { workspace, events } = world
  const interactions = createInteractions(world, delivery, person)
  const room = (channel: string) => {
    const found = workspace.rooms.get(channel)
    if (found === undefined || !found.members.has(person.id)) throw new Error(`${person.name} is not in ${channel}`)
    return found
  }
  const own = (channel: string, ts: string): Message => {
    const message = workspace.message(channel, ts)
    if (message?.user !== person.id) throw new Error('that is no message of theirs')
    return message
  }
  /** Slack says from which workspace a message is; of one with files it does not. */
  const theirTeam = (where: Room): Json => ({ team: person.team, ...(workspace.isConnect(where) ? { user_team: person.team, source_team: person.team } : {}) })
  const shown = (place: { message?: Message; channel?: string } | undefined): Shown => {
    if (place?.message !== undefined) return { kind: 'message', message: place.message, channel: place.channel ?? workspace.im(person.id).id }
    const view = workspace.modals.get(person.id)?.at(-1) ?? workspace.homes.get(person.id)
    if (view === undefined) throw new Error(`${person.name} has neither a modal nor a home tab open`)
    return { kind: 'view', view }
  }

  return {
    id: person.id,
    team: person.team,
    get im() {
      return workspace.im(person.id).id
    },
    async say(channel, text, { thread, files = [] } = {}) {
      const where = room(channel)
      const shared = files.map((file) => workspace.addFile(world.base(), { ...file, user: person.id }).id)
      const root = thread === undefined ? undefined : workspace.message(channel, thread)
      const message = workspace.add(where, {
        user: person.id,
        client_msg_id: crypto.randomUUID(),
        text: typed(workspace, text),
        ...(shared.length > 0 ? {} : theirTeam(where)),
        blocks: [{ type: 'rich_text', block_id: workspace.id('b'), elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }] }],
        ...(shared.length === 0 ? {} : { subtype: 'file_share', upload: false, files: shared }),
        ...(thread === undefined ? {} : { thread_ts: thread, parent_user_id: root?.user ?? '' }),
      })
      await events.posted(where, message)
      return message
    },
    async edit(channel, ts, text) {
      const message = own(channel, ts)
      const before = { ...message }
      Object.assign(message, { text: typed(workspace, text), edited: { user: person.id, ts: workspace.ts() } })
      await events.changed(room(channel), message, before)
    },
    async remove(channel, ts) {
      const message = own(channel, ts)
      const { messages } = room(channel)
      messages.splice(messages.indexOf(message), 1)
      await events.deleted(room(channel), message)
    },
    press: (button, place) => interactions.act(shown(place), (element) => (named(element, button) ? {} : undefined), button),
    choose: (action, value, place) =>
      interactions.act(shown(place), (element) => (element['action_id'] === action ? fillIn(element, value) : undefined), action),
    submit: (values = {}) => interactions.submit(values),
    close: () => interactions.close(),
    command: (command, text, channel) => interactions.command(command, text, channel ?? workspace.im(person.id).id),
    shortcut: (callback, on) => interactions.shortcut(callback, on),
    async openHome() {
      const view = workspace.homes.get(person.id)
      await events.other({
        type: 'app_home_opened',
        user: person.id,
        channel: workspace.im(person.id).id,
        tab: 'home',
        event_ts: workspace.ts(),
        ...(view === undefined ? {} : { view }),
      })
    },
    sees: (channel) => [...room(channel).messages],
    ephemerals: () => workspace.ephemerals.filter(({ user }) => user === person.id),
    modal: () => workspace.modals.get(person.id)?.at(-1),
    home: () => workspace.homes.get(person.id),
    errors: () => interactions.errors,
  }
}

function named(element: Json, button: string): boolean {
  const label = typeof element['text'] === 'object' && element['text'] !== null ? Reflect.get(element['text'], 'text') : undefined
  return element['type'] === 'button' && (element['action_id'] === button || words(label) === button)
}
