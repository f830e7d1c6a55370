// What the parts of the Slack channel share: the Web API client, who we are there, who is staff, which channels are internal.
import { LogLevel, type Logger } from '@slack/bolt'
import { WebClient, type WebClientOptions } from '@slack/web-api'
import type { Door } from '../../src/channel.ts'
import type { Clock } from '../../src/clock.ts'
import type { Random } from '../../src/random.ts'
import { createStaff } from './staff.ts'

export interface SlackOptions {
  /** `xoxb-…` */
  botToken: string
  /** Without it nothing is taken over HTTP. */
  signingSecret: string | undefined
  /** `xapp-…`; with it events come over Socket Mode. */
  appToken: string | undefined
  /** Where new tickets are shown to staff. */
  triageChannel: string | undefined
  /** Instead of Slack's own address. */
  apiUrl: string | undefined
  clock: Clock
  random: Random
  /** What a person running this should know; holds no text of a customer. */
  onProblem(error: Error): void
  /** How long an interaction may take; Slack waits three seconds. */
  patience?: Patience
}

/** Milliseconds after which what is not being committed is refused, and after which even that is not waited for any more. */
export interface Patience {
  refuseMs: number
  answerMs: number
}

/** Who we are in the workspace. */
export interface Identity {
  /** `T…` */
  team: string
  /** `U…`: how people mention us. */
  botUser: string
  /** `B…` */
  botId: string
  /** The workspace's address, with a slash at the end. */
  url: string
}

export interface SlackContext {
  readonly client: WebClient
  readonly clientOptions: WebClientOptions
  readonly logger: Logger
  readonly options: SlackOptions
  /** Asked once; a failure is asked again. Rejects as the client does. */
  identity(): Promise<Identity>
  /** A full member of our own workspace: no guest, nobody of another company. Rejects when Slack cannot be asked. */
  isStaff(user: string): Promise<boolean>
  /** Where staff are among themselves (triage, and the channels of the teams): nothing said there is a customer's message. */
  isInternal(channel: string, door: Pick<Door, 'desk'>): boolean
}

export function createContext(options: SlackOptions): SlackContext {
  const logger = quietLogger(options.onProblem)
  const clientOptions: WebClientOptions = {
    ...(options.apiUrl === undefined ? {} : { slackApiUrl: options.apiUrl }),
    // Whether and when something is tried again is decided by delivery, which knows what it is.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 30_000,
    allowAbsoluteUrls: false,
    logger,
  }
  const client = new WebClient(options.botToken, clientOptions)
  let asked: Promise<Identity> | undefined
  const identity = (): Promise<Identity> => {
    asked ??= whoAmI(client).catch((error: unknown) => {
      asked = undefined
      throw error
    })
    return asked
  }
  return {
    client,
    clientOptions,
    logger,
    options,
    identity,
    isStaff: createStaff(client, identity, options.clock),
    isInternal: (channel, { desk }) => channel === options.triageChannel || desk.teams().some(({ slackChannel }) => slackChannel === channel),
  }
}

async function whoAmI(client: WebClient): Promise<Identity> {
  const { team_id: team = '', user_id: botUser = '', bot_id: botId = '', url = '' } = await client.auth.test()
  return { team, botUser, botId, url }
}

const quiet = (): void => {}

export const silentLogger: Logger = { debug: quiet, info: quiet, warn: quiet, error: quiet, setLevel: quiet, getLevel: () => LogLevel.ERROR, setName: quiet }

/** The SDK logs whole requests at its lower levels; only what it calls an error is passed on, and of that only its own words. */
function quietLogger(onProblem: (error: Error) => void): Logger {
  return {
    ...silentLogger,
    error: (...said: unknown[]) => onProblem(new Error(`Slack: ${said.map((part) => (part instanceof Error ? part.name : String(part))).join(' ')}`)),
  }
}
