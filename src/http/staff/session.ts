// A staff session in a browser: the key was typed into a form once, and a signed cookie stands for it from then on. It opens pages and reads; acts want the key itself, but for another try of a failed job.
import { isSame } from '../../access/index.ts'
import type { HttpRequest } from '../../channel.ts'
import type { Core } from '../../core.ts'

type Signs = Pick<Core, 'clock' | 'sign' | 'publicUrl'>

const name = 'mendline_session'
/** A working day. */
const lastsMs = 12 * 3_600_000

/** The header that begins a session. Another admin key ends all of them: they are signed with it. */
export function beginSession(core: Signs): string {
  const until = core.clock.now() + lastsMs
  return cookie(core, `${until}.${core.sign(`session:${until}`)}`, lastsMs / 1000)
}

export function endSession(core: Signs): string {
  return cookie(core, '', 0)
}

export function hasSession(core: Signs, { headers }: Pick<HttpRequest, 'headers'>): boolean {
  return cookiesOf(headers['cookie'] ?? '').some((value) => {
    const [until = '', signature = ''] = value.split('.')
    return /^\d{1,15}$/.test(until) && Number(until) > core.clock.now() && isSame(signature, core.sign(`session:${until}`))
  })
}

/** Strict: no other site can have it sent along, neither by a link nor by a form. */
function cookie({ publicUrl }: Signs, value: string, seconds: number): string {
  const secure = publicUrl.startsWith('https:') ? '; Secure' : ''
  return `${name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure}`
}

function cookiesOf(header: string): string[] {
  return header.split(';').flatMap((each) => {
    const [key, value] = each.trim().split('=')
    return key === name && value !== undefined ? [value] : []
  })
}
