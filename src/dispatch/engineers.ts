// Who is an engineer: those of mendline.yaml, and those that the API adds and changes.
import type { Core } from '../core.ts'
import type { Deed } from '../desk/change-ticket.ts'
import type { Changed, Decision } from '../journal/index.ts'
import { newId } from '../random.ts'
import { engineerStream, type Engineer, type EngineerProfile } from './engineer.ts'

export type EngineerRefusal =
  | { kind: 'unknown' }
  | { kind: 'stale'; version: number }
  | { kind: 'id_taken' }
  /** Changed in mendline.yaml, else the next start would take it back. */
  | { kind: 'from_settings' }
  | { kind: 'address_taken'; by: string }

/** Those of mendline.yaml as it is now; who is in it no more has left. */
export async function syncEngineers(core: Core): Promise<void> {
  const listed = core.company().engineers
  const actor = { kind: 'system', id: null } as const
  for (const { id, ...profile } of listed)
    await core.journal.change(engineerStream, id, {
      key: newId('settings', core.clock, core.random),
      decide: (engineer) =>
        engineer.active && engineer.source === 'settings' && isAsBefore(engineer, profile)
          ? { kind: 'nothing' }
          : { kind: 'entry', actor, events: [{ type: 'engineer.described', profile, source: 'settings' }], effects: [] },
    })
  for (const { _id } of await core.collections.engineers.find({ source: 'settings', active: true }))
    if (!listed.some(({ id }) => id === _id))
      await core.journal.change(engineerStream, _id, {
        key: newId('settings', core.clock, core.random),
        decide: ({ active }) => (active ? { kind: 'entry', actor, events: [{ type: 'engineer.left' }], effects: [] } : { kind: 'nothing' }),
      })
}

export async function addEngineer(core: Core, id: string, profile: EngineerProfile, deed: Deed): Promise<Changed<Engineer, EngineerRefusal>> {
  const taken = await addressTaken(core, id, profile)
  return core.journal.change<Engineer, EngineerRefusal>(engineerStream, id, {
    key: deed.key,
    decide(engineer): Decision<EngineerRefusal> {
      if (engineer.active) return { kind: 'refused', refusal: { kind: 'id_taken' } }
      if (taken !== undefined) return { kind: 'refused', refusal: taken }
      return { kind: 'entry', actor: deed.actor, events: [{ type: 'engineer.described', profile, source: 'api' }], effects: [] }
    },
  })
}

/** `active: false`: they have left, and get no more work. */
export async function changeEngineer(
  core: Core,
  id: string,
  changes: Partial<EngineerProfile> & { active?: boolean | undefined },
  deed: Deed,
): Promise<Changed<Engineer, EngineerRefusal>> {
  const { active, ...described } = changes
  const taken = await addressTaken(core, id, described)
  return core.journal.change<Engineer, EngineerRefusal>(engineerStream, id, {
    key: deed.key,
    decide(engineer): Decision<EngineerRefusal> {
      if (engineer.n === 0) return { kind: 'refused', refusal: { kind: 'unknown' } }
      if (engineer.source === 'settings') return { kind: 'refused', refusal: { kind: 'from_settings' } }
      if (deed.version !== undefined && deed.version !== engineer.n) return { kind: 'refused', refusal: { kind: 'stale', version: engineer.n } }
      if (active === false)
        return engineer.active ? { kind: 'entry', actor: deed.actor, events: [{ type: 'engineer.left' }], effects: [] } : { kind: 'nothing' }
      if (taken !== undefined) return { kind: 'refused', refusal: taken }
      const profile = { ...profileOf(engineer), ...described }
      return { kind: 'entry', actor: deed.actor, events: [{ type: 'engineer.described', profile, source: 'api' }], effects: [] }
    },
  })
}

export function explainEngineer(refusal: EngineerRefusal): string {
  switch (refusal.kind) {
    case 'unknown':
      return 'There is no engineer with this id.'
    case 'stale':
      return `They have changed since; their version is ${refusal.version} now. Look again, then act.`
    case 'id_taken':
      return 'There is an engineer with this id already; choose another one, or change that one with PATCH.'
    case 'from_settings':
      return 'This engineer is set in mendline.yaml; change them there.'
    case 'address_taken':
      return `That phone or Slack user is ${refusal.by}'s; what is written from there could be either's.`
  }
}

export function profileOf(engineer: Engineer): EngineerProfile {
  const { name, phone, slack, language, skills, territory, base, hours, daysOff, visitsPerDay, van } = engineer
  return { name, phone, slack, language, skills, territory, base, hours, daysOff, visitsPerDay, van }
}

function isAsBefore(engineer: Engineer, profile: EngineerProfile): boolean {
  const before = new Map(Object.entries(profileOf(engineer)))
  return Object.entries(profile).every(([name, value]) => JSON.stringify(before.get(name)) === JSON.stringify(value))
}

/** A text is one engineer's. */
async function addressTaken(core: Core, id: string, { phone, slack }: Partial<EngineerProfile>): Promise<EngineerRefusal | undefined> {
  const sharing = [...(phone ? [{ phone }] : []), ...(slack ? [{ slack }] : [])]
  if (sharing.length === 0) return undefined
  const [other] = await core.collections.engineers.find({ active: true, _id: { $ne: id }, $or: sharing }, { limit: 1 })
  return other === undefined ? undefined : { kind: 'address_taken', by: other._id }
}
