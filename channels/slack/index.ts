// The Slack channel: customers write to the bot or mention it, staff work at the desk. Over HTTP, or over Socket Mode.
import type { App } from '@slack/bolt'
import type { Channel, Door } from '../../src/channel.ts'
import { createApp } from './app.ts'
import { slackConnections } from './connections.ts'
import { createContext, type SlackOptions } from './context.ts'
import { showDigest, showTask, showTicket, showWork, warnStaff } from './desk/index.ts'
import { nameOf } from './name-of.ts'
import { placeOf } from './place-of.ts'
import { processEvent } from './process.ts'
import { reconcile } from './reconcile.ts'
import { slackRoute } from './route.ts'
import { findMessage, sendMessage } from './send.ts'
import { fetchFile } from './fetch-file.ts'
import { listenSocket } from './socket.ts'
import { previewTexts, textLimit } from './compose.ts'

export type { SlackOptions } from './context.ts'

export function createSlackChannel(options: SlackOptions): Channel {
  const context = createContext(options)
  const apps = new WeakMap<Door, App>()
  const appOf = (door: Door): App => {
    const app = apps.get(door) ?? createApp(context, door)
    apps.set(door, app)
    return app
  }
  const { signingSecret, appToken } = options
  return {
    name: 'slack',
    abilities: {
      textLimit,
      choices: 'buttons',
      questions: 'one_by_one',
      attachments: true,
      receipts: false,
      gatherMs: { text: 0, media: 1_500 },
      storeIsDelivery: false,
      budgeted: false,
      windowMs: null,
      carrierKeywords: false,
    },
    connections: slackConnections(context),
    serve(door) {
      // So that the first interaction need not wait for it; whoever needs it asks again if this fails.
      context.identity().catch(() => {})
      return { http: signingSecret === undefined ? [] : [slackRoute(appOf(door), door, context, signingSecret)], sockets: [] }
    },
    ...(appToken === undefined ? {} : { listen: (door: Door, signal: AbortSignal) => listenSocket(appOf(door), door, context, appToken, signal) }),
    reconcile: (since, accept) => reconcile(since, accept, context),
    process: (event, door) => processEvent(event, appOf(door), door, context),
    preview: (message) => ({ texts: previewTexts(message) }),
    send: (outgoing) => sendMessage(outgoing, context),
    find: (message) => findMessage(message, context),
    fetch: (file) => fetchFile(file, context),
    nameOf: (address) => nameOf(address, context),
    placeOf: (user) => placeOf(user, context),
    showTicket: (number, door) => showTicket(number, door, context),
    showTask: (task, door) => showTask(task, door, context),
    showWork: (workOrder, door) => showWork(workOrder, door, context),
    showDigest: (digest) => showDigest(digest, context),
    warnStaff: (warning, door) => warnStaff(warning, door, context),
    sendIsIdempotent: false,
  }
}
