// What the contract suite needs of a channel: how to build it, how its provider signs and speaks, and a stand-in for the provider.
import type { Channel, Door, Webhook } from '../../src/channel.ts'
import type { ChannelEvent, Place } from '../../src/message.ts'

/** A recorded payload, as it lies in `tests/channels/<name>/payloads/`. */
export interface Payload {
  name: string
  body: Buffer
}

/** What goes with a body so that the webhook takes it for the provider's. */
export interface Credentials {
  headers: Record<string, string>
  /** Without `?`. */
  query: string
}

export interface ChannelFixture {
  /** Other systems tell of things here: it brings events and no messages, and nobody is written to. */
  oneWay?: true
  /** Payloads that the provider sends without an id of its own, so that a repetition cannot be told. */
  withoutIds?: readonly string[]
  /** The channel with everything on that settings can turn on, and a stand-in of its own for the provider. */
  open(): Promise<OpenChannel>
}

export interface OpenChannel {
  channel: Channel
  /** Hands a payload over as the provider would, through a webhook or a route; answers what came of it, nothing where it was refused. */
  deliver(payload: Payload, door: Door): Promise<readonly ChannelEvent[]>
  /** For channels with webhooks. */
  webhooks?: {
    /** A payload that the webhook takes. */
    valid(webhook: Webhook): Promise<Buffer>
    /** As the provider sends this body, with its usual content type. */
    sign(webhook: Webhook, body: Buffer): Credentials
    /** True where the credentials hold for this body only: a signature, no shared secret. */
    bindsBody: boolean
  }
  /** Values for the `:name` parts. */
  params?: Readonly<Record<string, string>>
  /** Absent where stored is sent. */
  provider?: {
    /** Refuses the recipient from now on, as one who does not exist. */
    refuseRecipient(): void
    /** Answers nobody from now on. */
    goAway(): Promise<void>
  }
  /** Somebody to send to, and what their last message left for the way back where the channel keeps such. */
  place: Place
  route?: string
  close(): Promise<void>
}
