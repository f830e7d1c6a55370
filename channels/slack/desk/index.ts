// The agents' desk in Slack: what it hears through Bolt, and what it shows of a ticket.
import type { App } from '@slack/bolt'
import type { Door } from '../../../src/channel.ts'
import type { SlackContext } from '../context.ts'
import { registerActions } from './actions.ts'
import { createAgents } from './agents.ts'
import { registerCommands } from './commands.ts'
import { only } from './guard.ts'
import { registerHome } from './home.ts'
import { registerAssign } from './modals/assign.ts'
import { registerMerge } from './modals/merge.ts'
import { registerNote } from './modals/note.ts'
import { registerOpen } from './modals/open.ts'
import { registerQuote } from './modals/quote.ts'
import { registerResolve } from './modals/resolve.ts'
import { registerStatus } from './modals/status.ts'
import { registerWords } from './modals/words.ts'
import { registerNotice } from './notice.ts'
import { registerPool } from './pool.ts'
import { registerShortcut } from './shortcut.ts'
import type { Workplace } from './workplace.ts'

export { showTicket } from './show.ts'
export { showTask } from './notice.ts'
export { showDigest } from './digest.ts'
export { showWork } from './pool.ts'
export { warnStaff } from './warn.ts'

/** What the desk's listeners work with. */
export interface DeskContext extends SlackContext {
  door: Door
}

/** Hangs the desk's listeners onto the app. */
export function registerDesk(app: App, slack: DeskContext): void {
  const { desk } = slack.door
  const agents = createAgents(slack, slack.door)
  const at: Workplace = { app, desk, agents, slack, members: only((user) => agents.check(user)) }
  registerActions(at)
  for (const register of [registerWords, registerNote, registerStatus, registerAssign, registerMerge, registerResolve, registerQuote, registerOpen])
    register(at)
  registerCommands(at)
  registerHome(at)
  registerNotice(at)
  registerPool(at)
  registerShortcut(at)
}
