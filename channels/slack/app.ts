// Bolt, without a receiver of its own: what came in is stored or answered by us, and given to its listeners from there.
import { App } from '@slack/bolt'
import type { Door } from '../../src/channel.ts'
import type { SlackContext } from './context.ts'
import { only } from './desk/guard.ts'
import { registerDesk } from './desk/index.ts'

const notStaff = 'The desk is for members of our own workspace: guests and people of other companies cannot work here.'

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
  // Whatever the desk shows or does, it does for staff alone, wherever its buttons, commands and pages turn up.
  app.use(only(async (user) => ((await context.isStaff(user)) ? undefined : notStaff)))
  registerDesk(app, { ...context, door })
  return app
}
