// A conversation as text that can be replayed. What the marks mean is in `transcriptHelp`.
import type { ChannelName, Language } from '../../message.ts'
import { channelNamed, channelNames } from './channel-name.ts'
import { readAct } from './acts.ts'

export const transcriptHelp = `A transcript is text:

  # a comment
  ! channel mail       first, if at all: channel, language, from, settings (a file beside this one), at (when it begins)
  > My T5 stops        what the customer writes; several lines in a row are one message
  < …{number}…         what they hear, line by line without the empty ones; messages are set apart by an empty line
                       … is anything, and on a line of its own any lines; {name} a word that is the same from then on
  * …opened…           something else that happened; what is not named is not looked at
  ! wait 25h           whatever else can be done: wait, photo, status, agent, flow, ticket`

export interface Line {
  /** From 1. */
  at: number
  text: string
}

/** One act, and what is to follow from it. */
export interface Scene {
  /** The customer's words, or an order without its mark. */
  act: Line & { mark: '>' | '!' }
  /** Message by message. */
  heard: Line[][]
  done: Line[]
}

export interface Opening {
  channel?: ChannelName
  language?: Language
  from?: string
  settings?: string
  /** ISO 8601. */
  at?: string
}

export type TranscriptResult = { kind: 'transcript'; opening: Opening; scenes: Scene[] } | { kind: 'wrong'; at: number; problem: string }

export function readTranscript(text: string): TranscriptResult {
  const opening: Opening = {}
  const scenes: Scene[] = []
  let last = ''
  for (const [index, written] of text.split(/\r?\n/).entries()) {
    const at = index + 1
    const mark = written.slice(0, 1)
    const line: Line = { at, text: written.slice(1).trim() }
    const scene = scenes.at(-1)
    const wrong = (problem: string): TranscriptResult => ({ kind: 'wrong', at, problem })
    switch (mark) {
      case '#':
        continue
      case '':
      case ' ':
        if (written.trim() !== '') return wrong('a line begins with one of # ! > < *')
        break
      case '>':
        if (last === '>' && scene !== undefined) scene.act.text += `\n${line.text}`
        else scenes.push({ act: { ...line, mark }, heard: [], done: [] })
        break
      case '!': {
        const problem = scene === undefined ? open(opening, line.text) : undefined
        if (problem === 'an act' || scene !== undefined) {
          const act = readAct(line.text)
          if ('problem' in act) return wrong(act.problem)
          scenes.push({ act: { ...line, mark }, heard: [], done: [] })
        } else if (problem !== undefined) return wrong(problem)
        break
      }
      case '<':
      case '*':
        if (scene === undefined) return wrong('nothing has been done yet that could be answered')
        if (mark === '*') scene.done.push(line)
        else if (last === '<') scene.heard.at(-1)?.push(line)
        else scene.heard.push([line])
        break
      default:
        return wrong('a line begins with one of # ! > < *')
    }
    last = mark
  }
  return { kind: 'transcript', opening, scenes }
}

/** Reads a line of the opening; `an act` when it is none, or what is wrong with it. */
function open(opening: Opening, text: string): string | undefined {
  const [, name, value = ''] = /^(\S+)\s*(.*)$/.exec(text) ?? []
  switch (name) {
    case 'channel': {
      const channel = channelNamed(value)
      if (channel === undefined) return `there is no channel ${value}; there are ${channelNames}`
      opening.channel = channel
      return undefined
    }
    case 'language':
      if (value !== 'en' && value !== 'zh') return `"${value}" is no language; there are en and zh`
      opening.language = value
      return undefined
    case 'from':
    case 'settings':
      opening[name] = value
      return undefined
    case 'at':
      if (Number.isNaN(Date.parse(value))) return `"${value}" is no time; use one like 2026-03-02T09:00:00Z`
      opening.at = value
      return undefined
    default:
      return 'an act'
  }
}
