// What one person's presses, submissions, shortcuts and commands send to the app, and what its answers do to what they see.
// https://docs.slack.dev/reference/interaction-payloads
import type { Attempt, Delivery } from './delivery.ts'
import { wire } from './events.ts'
import { formValues, type Value } from './form.ts'
import { makeView, replaceView } from './views.ts'
import { list, record, without, words, type Json, type Message, type Person, type View } from './workspace.ts'
import type { World } from './world.ts'

export type Shown = { kind: 'message'; message: Message; channel: string } | { kind: 'view'; view: View }

export interface Interactions {
  /** `pick` answers what is reported of the element, or undefined when it is another. */
  act(shown: Shown, pick: (element: Json) => Json | undefined, wanted: string): Promise<Attempt>
  submit(values: Readonly<Record<string, Value>>): Promise<Attempt>
  close(): Promise<Attempt | undefined>
  command(command: string, text: string, channel: string): Promise<Attempt>
  shortcut(callback: string, on: { message: Message; channel: string } | undefined): Promise<Attempt>
  readonly errors: Readonly<Record<string, string>>
}

/** Triggers and response addresses are the world's to know. */
export interface Handles {
  /** A trigger for this person, good for three seconds and one use. */
  newTrigger(person: string): string
  /** An address at which the app may answer to this person, in this channel, about this message. */
  responseUrl(about: { person: string; channel: string; message?: string }): string
}

export function createInteractions(world: World & Handles, delivery: Delivery, person: Person): Interactions {
  const { workspace } = world
  let errors: Record<string, string> = {}
  const who = () => ({
    user: { id: person.id, username: person.name, name: person.name, team_id: person.team },
    team: { id: workspace.team, domain: 'example' },
    api_app_id: workspace.appId,
    token: 'one-long-verification-token',
    trigger_id: world.newTrigger(person.id),
    enterprise: null,
    is_enterprise_install: false,
  })
  const stack = (): View[] => workspace.modals.get(person.id) ?? []

  /** What the answer to a submission does to the modals. */
  function follow(attempt: Attempt, view: View): void {
    const stays = (errorsNow: Record<string, string>): void => {
      errors = errorsNow
    }
    if (attempt.status !== 200) return stays({ '': 'We had some trouble connecting. Try again?' })
    const answer = attempt.body === '' ? {} : record(JSON.parse(attempt.body))
    errors = {}
    switch (answer['response_action']) {
      case 'errors':
        return stays(Object.fromEntries(Object.entries(record(answer['errors'])).map(([block, text]) => [block, words(text)])))
      case 'update':
        return void replaceView(world, view, record(answer['view']))
      case 'push':
        return void workspace.modals.set(person.id, [...stack(), makeView(world, record(answer['view']), stack())])
      case 'clear':
        return void workspace.modals.delete(person.id)
      default:
        return void workspace.modals.set(
          person.id,
          stack().filter(({ id }) => id !== view.id),
        )
    }
  }

  return {
    get errors() {
      return errors
    },
    async act(shown, pick, wanted) {
      const blocks = shown.kind === 'message' ? list(shown.message['blocks']) : shown.view.blocks
      for (const block of blocks)
        for (const element of [...list(block['elements']), record(block['accessory']), record(block['element'])]) {
          const picked = element['action_id'] === undefined ? undefined : pick(element)
          if (picked === undefined) continue
          const action = { ...without(element, ...menuParts), block_id: block['block_id'], action_ts: workspace.ts(), ...picked }
          const common = { type: 'block_actions', ...who(), actions: [action] }
          if (shown.kind === 'view')
            return delivery.interaction({
              ...common,
              container: { type: 'view', view_id: shown.view.id },
              view: { ...shown.view, state: { values: formValues(shown.view, {}, false) } },
            })
          const { message, channel } = shown
          return delivery.interaction({
            ...common,
            container: {
              type: 'message',
              message_ts: message.ts,
              channel_id: channel,
              is_ephemeral: false,
              ...(message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts }),
            },
            channel: { id: channel, name: workspace.rooms.get(channel)?.name || 'directmessage' },
            message: wire(workspace, message),
            state: { values: {} },
            response_url: world.responseUrl({ person: person.id, channel, message: message.ts }),
          })
        }
      throw new Error(`${person.name} finds no ${wanted} there`)
    },
    async submit(values) {
      const view = stack().at(-1)
      if (view === undefined) throw new Error(`${person.name} has no modal open`)
      const state = { values: formValues(view, values, true) }
      const attempt = await delivery.interaction({ type: 'view_submission', ...who(), view: { ...view, state }, response_urls: [] })
      follow(attempt, view)
      return attempt
    },
    async close() {
      const view = stack().at(-1)
      if (view === undefined) return undefined
      workspace.modals.set(person.id, stack().slice(0, -1))
      if (view['notify_on_close'] !== true) return undefined
      return delivery.interaction({ type: 'view_closed', ...without(who(), 'trigger_id'), view, is_cleared: false })
    },
    async command(command, text, channel) {
      const { trigger_id, api_app_id, token } = who()
      const attempt = await delivery.command({
        token,
        team_id: workspace.team,
        team_domain: 'example',
        channel_id: channel,
        channel_name: workspace.rooms.get(channel)?.name || 'directmessage',
        user_id: person.id,
        user_name: person.name,
        command,
        text,
        api_app_id,
        is_enterprise_install: 'false',
        trigger_id,
        response_url: world.responseUrl({ person: person.id, channel }),
      })
      if (attempt.status === 200 && attempt.body !== '') showAnswer(world, person.id, channel, attempt.body)
      return attempt
    },
    async shortcut(callback_id, on) {
      if (on === undefined) return delivery.interaction({ type: 'shortcut', ...who(), callback_id, action_ts: workspace.ts() })
      return delivery.interaction({
        type: 'message_action',
        ...who(),
        callback_id,
        action_ts: workspace.ts(),
        message_ts: on.message.ts,
        message: wire(workspace, on.message),
        channel: { id: on.channel, name: workspace.rooms.get(on.channel)?.name || 'directmessage' },
        response_url: world.responseUrl({ person: person.id, channel: on.channel, message: on.message.ts }),
      })
    },
  }
}

/** The answer to a command: plain text, or a message as JSON; for this person only unless it says otherwise. */
function showAnswer({ workspace }: World, user: string, channel: string, body: string): void {
  const answer = body.startsWith('{') ? record(JSON.parse(body)) : { text: body }
  const shown = { text: words(answer['text']), blocks: list(answer['blocks']) }
  const room = workspace.rooms.get(channel)
  if (answer['response_type'] === 'in_channel' && room !== undefined) workspace.add(room, { user: workspace.bot.id, bot_id: workspace.botId, ...shown })
  else workspace.ephemerals.push({ channel, user, ...shown })
}

/** Of a button the payload repeats what names it, of a menu nothing of what it offers. */
const menuParts = ['options', 'option_groups', 'placeholder', 'style']
