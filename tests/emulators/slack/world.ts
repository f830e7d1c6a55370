// What the Web API methods share: the workspace, the way to tell the app, refusals, triggers and uploads.
import type { Events } from './events.ts'
import { words, type Json, type Workspace } from './workspace.ts'

/** What Slack answers with `ok: false`. */
export class Refusal extends Error {
  readonly code: string
  readonly messages: readonly string[]

  constructor(code: string, messages: readonly string[] = []) {
    super(code)
    this.code = code
    this.messages = messages
  }
}

export type Method = (args: Json) => Json

export interface World {
  workspace: Workspace
  events: Events
  /** Where this Slack is, without a slash at the end. */
  base(): string
  /** Whose trigger it is; refuses an expired or used one. */
  trigger(id: unknown): string
  /** A fresh address for a socket. */
  socketUrl(): string
  uploads: Map<string, { name: string; content: Uint8Array | undefined }>
}

/** Slack names the blocks that the app left unnamed. */
export function withIds(workspace: Workspace, blocks: readonly Json[]): Json[] {
  return blocks.map((block) => ({ ...block, block_id: words(block['block_id']) || workspace.id('b') }))
}
