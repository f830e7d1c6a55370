// Bolt, without a receiver of its own: what came in is stored or answered by us, and given to its listeners from there.
import { App, type AnyMiddlewareArgs, type Middleware } from '@slack/bolt'
import type { Door } from '../../src/channel.ts'
import type { SlackContext } from './context.ts'
import { registerDesk } from './desk/index.ts'

/** An app whose listeners work through this door. */
export function createApp(context: SlackContext, door: Door): App {
  const app = new App({
    receiver: { init() {}, start: async () => {}, stop: async () => {} },
    authorize: async () => {
      const { team, botUser, botId } = await context.identity()
      return { botToken: context.options.botToken, botUserId: botUser, botId, teamId: team }
    },
    tokenVerificationEnabled: false,
    convoStore: false,
    attachFunctionToken: false,
    clientOptions: { ...context.clientOptions },
    logger: context.logger,
  })
  // Whoever gave the event has to know: it is tried again, or the agent reads that it was not done.
  app.error(async (error) => {
    throw error
  })
  app.use(onlyStaff(context))
  registerDesk(app, { ...context, door })
  return app
}

/** The desk is for staff: whatever it shows or does, it does for them alone, wherever its buttons, commands and pages turn up. */
function onlyStaff(context: SlackContext): Middleware<AnyMiddlewareArgs> {
  return async (args) => {
    const user = userOf(args)
    if (user === undefined || (await context.isStaff(user))) return args.next()
    if ('ack' in args && typeof args.ack === 'function') await args.ack()
  }
}

/** Who acts at the desk; undefined for what merely happened in Slack. */
function userOf(args: AnyMiddlewareArgs): string | undefined {
  if ('event' in args) return args.event.type === 'app_home_opened' ? args.event.user : undefined
  if ('command' in args) return args.command.user_id
  return 'user' in args.body && typeof args.body.user === 'object' ? args.body.user.id : undefined
}
