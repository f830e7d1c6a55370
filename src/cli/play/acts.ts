// What whoever plays can do, in a word: `/wait 25h` at the terminal, `! wait 25h` in a transcript. Anything else is the customer's.
import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { fileTypeFromBuffer } from 'file-type'
import { duration } from '../../duration.ts'
import type { NewAttachment } from '../../message.ts'
import { statuses, type TicketStatus } from '../../tickets/index.ts'
import type { Happened, Stage } from './stage.ts'

export type Act =
  | { act: 'say'; text: string }
  /** Sent without words. */
  | { act: 'photo'; path: string }
  /** Milliseconds. */
  | { act: 'wait'; duration: number }
  | { act: 'status'; to: TicketStatus; comment: string | null }
  | { act: 'agent'; text: string }
  | { act: 'flow'; flow: string; args: Readonly<Record<string, string>> }
  | { act: 'ticket' }

export const actsHelp = `wait 25h              let time pass; reminders and surveys come when they are due
photo PATH            send a file
status STATUS [WORDS] move the ticket as staff would: ${statuses.join(', ')}
agent WORDS           answer as a person of ours, who has the conversation from then on
flow NAME [K=V …]     let the bot begin a conversation of its own accord
ticket                show the ticket`

/** An order without its mark. */
export function readAct(line: string): Act | { problem: string } {
  const [, name = '', rest = ''] = /^(\S+)\s*([^]*)$/.exec(line.trim()) ?? []
  switch (name) {
    case 'wait': {
      const time = duration.safeParse(rest)
      return time.success ? { act: 'wait', duration: time.data } : { problem: `"${rest}" is no time; use one like 30m, 25h or 2d` }
    }
    case 'photo':
      return rest === '' ? { problem: 'name the file to send' } : { act: 'photo', path: rest }
    case 'status': {
      const [, wanted, comment = ''] = /^(\S*)\s*([^]*)$/.exec(rest) ?? []
      const to = statuses.find((status) => status === wanted)
      return to === undefined
        ? { problem: `"${wanted}" is no status; there are ${statuses.join(', ')}` }
        : { act: 'status', to, comment: comment === '' ? null : comment }
    }
    case 'agent':
      return rest === '' ? { problem: 'the agent has nothing to say' } : { act: 'agent', text: rest }
    case 'flow': {
      const [, flow = '', args = ''] = /^(\S*)\s*([^]*)$/.exec(rest) ?? []
      return flow === '' ? { problem: 'name the conversation to begin' } : { act: 'flow', flow, args: readArgs(args) }
    }
    case 'ticket':
      return { act: 'ticket' }
    default:
      return { problem: `there is nothing called "${name}"` }
  }
}

/** `ticket=R-4K7Q2MM subject="The belt"`. */
export function readArgs(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/(\w+)=(?:"([^"]*)"|(\S*))/g)].map(([, name, quoted, plain]) => [name, quoted ?? plain ?? '']))
}

/** Paths are meant from `folder`. Rejects saying why it cannot be done. */
export async function perform(stage: Stage, act: Act, folder: string): Promise<Happened> {
  switch (act.act) {
    case 'say':
      return stage.say(act.text)
    case 'photo':
      return stage.say('', [await readPhoto(resolve(folder, act.path))])
    case 'wait':
      return stage.wait(act.duration)
    case 'status':
      return stage.status(act.to, act.comment)
    case 'agent':
      return stage.agent(act.text)
    case 'flow':
      return stage.start(act.flow, act.args)
    case 'ticket':
      return { heard: [], done: await stage.ticket() }
  }
}

async function readPhoto(path: string): Promise<NewAttachment> {
  const content = await readFile(path)
  const type = await fileTypeFromBuffer(content)
  return { name: basename(path), contentType: type?.mime ?? 'application/octet-stream', content }
}
