// Modals and home tabs: a stack for each person, triggers that expire, hashes that tell a stale update.
// https://docs.slack.dev/surfaces/modals
import { viewComplaints } from './limits.ts'
import { list, record, words, type Json, type View } from './workspace.ts'
import { Refusal, withIds, type Method, type World } from './world.ts'

export function viewMethods(world: World): [string, Method][] {
  const { workspace } = world
  const open = (args: Json, stack: boolean): Json => {
    const person = world.trigger(args['trigger_id'])
    const views = stack ? (workspace.modals.get(person) ?? []) : []
    if (stack && views.length >= 3) throw new Refusal('push_limit_reached')
    const view = makeView(world, record(args['view']), views)
    workspace.modals.set(person, [...views, view])
    return { view }
  }
  return [
    ['views.open', (args) => open(args, false)],
    ['views.push', (args) => open(args, true)],
    [
      'views.update',
      (args) => {
        const found = args['view_id'] === undefined ? byExternalId(world, words(args['external_id'])) : workspace.view(words(args['view_id']))
        if (found === undefined) throw new Refusal('not_found')
        return { view: replaceView(world, found.view, record(args['view']), words(args['hash'])) }
      },
    ],
    [
      'views.publish',
      (args) => {
        const user = words(args['user_id'])
        if (!workspace.people.has(user)) throw new Refusal('user_not_found')
        const before = workspace.homes.get(user)
        if (before !== undefined) return { view: replaceView(world, before, record(args['view']), words(args['hash'])) }
        const view = makeView(world, record(args['view']), [])
        workspace.homes.set(user, view)
        return { view }
      },
    ],
  ]
}

function byExternalId({ workspace }: World, id: string): { view: View } | undefined {
  const view = [...workspace.modals.values()].flat().find((each) => each['external_id'] === id)
  return view === undefined ? undefined : { view }
}

const unsaid = { private_metadata: '', callback_id: '', external_id: '', submit: null, close: null, clear_on_close: false, notify_on_close: false }

export function makeView(world: World, wanted: Json, below: readonly View[]): View {
  const { workspace } = world
  refuseBad(wanted)
  const id = workspace.id('V')
  return {
    ...unsaid,
    ...wanted,
    type: words(wanted['type']),
    id,
    team_id: workspace.team,
    app_id: workspace.appId,
    app_installed_team_id: workspace.team,
    bot_id: workspace.botId,
    hash: hash(world),
    state: { values: {} },
    root_view_id: below[0]?.id ?? id,
    previous_view_id: below.at(-1)?.id ?? null,
    blocks: withIds(workspace, list(wanted['blocks'])),
  }
}

/** The same view with other content; a hash that is not the present one is refused. */
export function replaceView(world: World, view: View, wanted: Json, seen = ''): View {
  refuseBad(wanted)
  if (seen !== '' && seen !== view.hash) throw new Refusal('hash_conflict')
  return Object.assign(view, { ...wanted, blocks: withIds(world.workspace, list(wanted['blocks'])), hash: hash(world) })
}

function refuseBad(view: Json): void {
  const wrong = viewComplaints(view)
  if (wrong.length > 0)
    throw new Refusal(
      'invalid_arguments',
      wrong.map((each) => `[ERROR] ${each}`),
    )
}

function hash({ workspace }: World): string {
  return `${workspace.ts()}.${workspace.id('h')}`
}
