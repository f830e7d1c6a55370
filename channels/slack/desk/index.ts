// The agents' desk in Slack: what it hears through Bolt, and what it shows of a ticket.
import type { App } from '@slack/bolt'
import type { Door } from '../../../src/channel.ts'
import type { SlackContext } from '../context.ts'

/** What the desk's listeners work with. */
export interface DeskContext extends SlackContext {
  door: Door
}

/** Hangs the desk's listeners onto the app. */
export function registerDesk(_app: App, _context: DeskContext): void {}

/** Brings the ticket's card and everything else that shows it up to date. */
export async function showTicket(_number: string, _door: Door, _context: SlackContext): Promise<void> {}
