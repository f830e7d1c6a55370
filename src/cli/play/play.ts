// Opens a desk to play with: on data that are thrown away afterwards, or on a folder that keeps them.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { adminKeyFor } from '../../admin-key.ts'
import type { ChannelName } from '../../message.ts'
import { systemRandom } from '../../random.ts'
import { lockDataDir } from '../../storage/lock.ts'
import { movableClock, seededRandom, standingClock } from './clock.ts'
import { playSettings } from './settings.ts'
import { openStage, type Stage } from './stage.ts'
import type { Opening } from './transcript.ts'

export interface PlayOptions extends Opening {
  /** Left out: thrown away. */
  data?: string | undefined
  /** The same every time: time stands still but for the customer's pace and what is waited for, and chance falls the same way. */
  repeatable: boolean
  env?: Readonly<Record<string, string | undefined>>
}

const defaultChannel: ChannelName = 'webchat'

/** In a repeatable play: a Monday morning. */
const monday = '2026-03-02T09:00:00.000Z'
const paceMs = 30_000
/** Secret behind codes and tokens of a desk that nobody can reach. */
const playedKey = 'played-and-thrown-away'

/** @throws StartError naming what is wrong in the settings, or who else has the data. */
export async function openPlay({
  data,
  repeatable,
  env = {},
  settings: settingsFile,
  channel = defaultChannel,
  at = monday,
  ...who
}: PlayOptions): Promise<Stage> {
  const folder = data ?? (await mkdtemp(join(tmpdir(), 'mendline-play-')))
  const unlock = data === undefined ? undefined : await lockDataDir(data)
  const putAway = async (): Promise<void> => {
    await unlock?.()
    if (data === undefined) await rm(folder, { recursive: true, force: true })
  }
  try {
    const stage = await openStage({
      settings: playSettings({ dataDir: folder, settingsFile, env: repeatable ? {} : env }),
      adminKey: data === undefined ? playedKey : adminKeyFor({ adminKey: env['ADMIN_KEY'], dataDir: data }, systemRandom).key,
      clock: repeatable ? standingClock(Date.parse(at)) : movableClock(),
      random: repeatable ? seededRandom('play') : systemRandom,
      pace: repeatable ? paceMs : 0,
      channel,
      ...who,
    })
    return {
      ...stage,
      async close() {
        await stage.close()
        await putAway()
      },
    }
  } catch (error) {
    await putAway()
    throw error
  }
}
