// This machine's clock beside those of the stores and providers: signatures are refused by it, and alarms ring by it.
import type { Clock } from '../clock.ts'
import type { Connection } from '../connection.ts'
import type { Settings } from '../settings.ts'
import type { Finding } from './finding.ts'

const patienceMs = 10_000
/** A header tells whole seconds, and an answer takes its time. */
const tolerable = 5_000
/** Slack, Microsoft and Standard Webhooks refuse what is five minutes off; processes that differ by one ring alarms in the wrong order. */
const tooMuch = 60_000

/** One line for each clock that could be asked; whoever does not answer is told of elsewhere. */
export async function examineClock(settings: Settings, connections: readonly Connection[], request: typeof fetch, clock: Clock): Promise<Finding[]> {
  const others: { name: string; time(): Promise<number> }[] = [
    ...connections.flatMap(({ setting, time }) => (time === undefined ? [] : [{ name: setting, time }])),
    ...providersOf(settings).map(({ name, url }) => ({ name, time: () => timeOf(url, request) })),
  ]
  const findings = await Promise.all(
    others.map(async ({ name, time }): Promise<Finding[]> => {
      const before = clock.now()
      const theirs = await time().catch(() => undefined)
      return theirs === undefined || Number.isNaN(theirs) ? [] : [judgeClock(name, theirs, before, clock.now())]
    }),
  )
  return findings.flat()
}

/** How far apart: theirs was read at some moment between `before` and `after` of ours. All in milliseconds. */
export function judgeClock(name: string, theirs: number, before: number, after: number): Finding {
  const apart = Math.max(0, before - theirs, theirs - after)
  const level = apart <= tolerable ? 'ok' : apart <= tooMuch ? 'warn' : 'fail'
  if (level === 'ok') return { level, about: 'clock', text: `agrees with that of ${name}` }
  const text = `${Math.round(apart / 1000)} s ${theirs > after ? 'behind' : 'ahead of'} that of ${name}: have both machines' clocks set by NTP (timedatectl set-ntp true)`
  return { level, about: 'clock', text }
}

/** Any answer of theirs carries the time. */
function providersOf({ twilio, slack, microsoft }: Settings): { name: string; url: string }[] {
  return [
    ...(twilio === undefined ? [] : [{ name: 'Twilio', url: twilio.apiUrl ?? 'https://api.twilio.com' }]),
    ...(slack === undefined ? [] : [{ name: 'Slack', url: slack.apiUrl ?? 'https://slack.com/api/' }]),
    ...(microsoft === undefined ? [] : [{ name: 'Microsoft', url: microsoft.loginUrl ?? 'https://login.microsoftonline.com' }]),
  ]
}

async function timeOf(url: string, request: typeof fetch): Promise<number> {
  const response = await request(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(patienceMs) })
  return Date.parse(response.headers.get('date') ?? '')
}
