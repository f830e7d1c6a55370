// Who is staff: full members of our own workspace. Guests and people of other companies (Slack Connect) are customers at most.
import type { WebClient } from '@slack/web-api'
import type { Clock } from '../../src/clock.ts'
import type { Identity } from './context.ts'

/** People join and leave; so long an answer is believed. */
const believedMs = 600_000
/** More people than this are not remembered at once. */
const rememberedMax = 5_000

export function createStaff(client: WebClient, identity: () => Promise<Identity>, clock: Clock): (user: string) => Promise<boolean> {
  const known = new Map<string, { staff: boolean; until: number }>()
  return async (id) => {
    const remembered = known.get(id)
    if (remembered !== undefined && remembered.until > clock.now()) return remembered.staff
    const [{ team }, { user }] = await Promise.all([identity(), client.users.info({ user: id })])
    const guest = user?.is_restricted || user?.is_ultra_restricted
    const staff = user?.team_id === team && !guest && !user?.is_stranger && !user?.deleted && !user?.is_bot
    if (known.size >= rememberedMax) known.clear()
    known.set(id, { staff, until: clock.now() + believedMs })
    return staff
  }
}
