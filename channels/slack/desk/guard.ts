// The door of the desk: whoever may not work here reads why, and reaches nothing behind it.
import type { AnyMiddlewareArgs, Middleware } from '@slack/bolt'
import { saidPage } from './pages.ts'

/** `check` answers why this person may not; undefined when they may. */
export function only(check: (user: string) => Promise<string | undefined>): Middleware<AnyMiddlewareArgs> {
  return async (args) => {
    const user = userOf(args)
    const why = user === undefined ? undefined : await check(user)
    return why === undefined ? args.next() : refuse(args, why)
  }
}

/** Who acts; undefined for what merely happened in Slack. */
function userOf(args: AnyMiddlewareArgs): string | undefined {
  if ('event' in args) return args.event.type === 'app_home_opened' ? args.event.user : undefined
  if ('command' in args) return args.command.user_id
  return 'user' in args.body && typeof args.body.user === 'object' ? args.body.user.id : undefined
}

/** Where they acted: at a command, in a form, beside a message. */
async function refuse(args: AnyMiddlewareArgs, text: string): Promise<void> {
  if ('command' in args) return args.ack({ response_type: 'ephemeral', text })
  if ('view' in args && args.body.type === 'view_submission') return args.ack({ response_action: 'update', view: saidPage('Not for you', text) })
  if (!('ack' in args) || typeof args.ack !== 'function') return
  await args.ack()
  if ('respond' in args && 'response_url' in args.body) await args.respond({ response_type: 'ephemeral', replace_original: false, text })
}
