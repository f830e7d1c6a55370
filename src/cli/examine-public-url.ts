// PUBLIC_URL, where customers and providers find us: can they, and is it us who answers there?
import ipaddr from 'ipaddr.js'
import { z } from 'zod'
import type { Settings } from '../settings.ts'
import type { Finding } from './finding.ts'

const patienceMs = 10_000
const health = z.object({ desk: z.string() })
const readiness = z.record(z.string(), z.string())

/** `deskId`: as we would answer; undefined when this desk has no key yet. */
export async function examinePublicUrl(settings: Settings, deskId: string | undefined, request: typeof fetch): Promise<Finding[]> {
  return [...judgeAddress(settings), await examineAnswer(settings.publicUrl, deskId, request)]
}

type Addressed = Pick<Settings, 'publicUrl' | 'trustProxy' | 'twilio' | 'slack' | 'microsoft' | 'email'>

/** What the address itself tells. */
export function judgeAddress({ publicUrl, trustProxy, twilio, slack, microsoft, email }: Addressed): Finding[] {
  const about = 'PUBLIC_URL'
  const { protocol, hostname } = new URL(publicUrl)
  // An emulator or a proxy beside us finds us here as well. Machines and mail servers that send us webhooks may stand in the same house.
  const callers = [
    ...(twilio !== undefined && isOutside(twilio.apiUrl) ? ['Twilio'] : []),
    ...(slack !== undefined && slack.appToken === undefined && isOutside(slack.apiUrl) ? ['Slack'] : []),
    ...(microsoft !== undefined && isOutside(microsoft.loginUrl) ? ['Microsoft'] : []),
  ]
  if (isWithin(hostname)) {
    const where = `${publicUrl} is reached from this machine or network only`
    if (callers.length > 0)
      return [{ level: 'fail', about, text: `${where}, and ${callers.join(', ')} must call us there: set it to an https address that the internet reaches` }]
    if (email?.smtpUrl !== undefined)
      return [{ level: 'warn', about, text: `${where}: links in mails lead customers nowhere; set it to an https address that the internet reaches` }]
    return []
  }
  if (protocol !== 'https:')
    return [
      {
        level: callers.includes('Slack') || callers.includes('Microsoft') ? 'fail' : 'warn',
        about,
        text: `${publicUrl} is not encrypted, and what customers write can be read on the way: put a proxy with a certificate in front, and set it to https`,
      },
    ]
  if (trustProxy === 0)
    return [
      {
        level: 'warn',
        about: 'TRUST_PROXY',
        text: 'PUBLIC_URL is https, so a proxy stands in front, but its word is not believed and all callers count as one: set TRUST_PROXY to the number of proxies',
      },
    ]
  return []
}

function isOutside(apiUrl: string | undefined): boolean {
  return apiUrl === undefined || !isWithin(new URL(apiUrl).hostname)
}

/** Names without a dot are of this network, `localhost` among them. */
function isWithin(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '')
  if (ipaddr.isValid(host)) return ipaddr.process(host).range() !== 'unicast'
  return !host.includes('.') || /\.(localhost|local|internal|lan|home\.arpa)$/.test(host)
}

/** Whether it is this desk that answers, and can work. */
async function examineAnswer(publicUrl: string, deskId: string | undefined, request: typeof fetch): Promise<Finding> {
  const finding = (level: Finding['level'], text: string): Finding => ({ level, about: 'PUBLIC_URL', text })
  if (deskId === undefined) return finding('fail', 'this desk has no key yet, so nobody can tell whether it answers there: start it once, or set ADMIN_KEY')
  const ask = (path: string) => request(`${publicUrl}${path}`, { redirect: 'manual', signal: AbortSignal.timeout(patienceMs) })
  try {
    const alive = await ask('/healthz')
    if (alive.status >= 300 && alive.status < 400)
      return finding(
        'fail',
        `${publicUrl} leads on to ${alive.headers.get('location') ?? 'another address'}, where no provider follows: set PUBLIC_URL to the last address`,
      )
    if (!alive.ok)
      return finding('fail', `${publicUrl}/healthz answers ${alive.status}: have the proxy pass everything on to the desk's PORT, and start the desk`)
    const told = health.safeParse(await alive.json().catch(() => undefined))
    if (!told.success) return finding('fail', `something else answers at ${publicUrl}: correct PUBLIC_URL, or where the proxy in front leads`)
    if (told.data.desk !== deskId)
      return finding('fail', `another desk answers at ${publicUrl}, or one with another ADMIN_KEY: correct PUBLIC_URL, ADMIN_KEY or where the proxy leads`)
    const ready = await ask('/readyz')
    if (!ready.ok) {
      const shown = readiness.safeParse(await ready.json().catch(() => undefined))
      const away = Object.entries(shown.data ?? {}).flatMap(([part, state]) => (state === 'away' ? [part] : []))
      return finding('fail', `the desk answers at ${publicUrl} but has no ${away.join(' and no ') || 'way to work'}: see the lines above, and its log`)
    }
    return finding('ok', `this desk answers at ${publicUrl}, and can work`)
  } catch (error) {
    return finding('fail', `nobody answers at ${publicUrl} (${reason(error)}): start the desk, or correct PUBLIC_URL, its name in DNS or the firewall`)
  }
}

/** `fetch` hides what the network said in the cause. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.message
  return error.name === 'TimeoutError' ? `no answer in ${patienceMs / 1000} s` : error.message
}
