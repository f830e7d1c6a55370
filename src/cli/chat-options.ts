// What `npm run chat` can be told, and its help.
import { parseArgs } from 'node:util'
import { readArgs, actsHelp } from './play/acts.ts'
import { channelNamed, channelNames } from './play/channel-name.ts'
import { transcriptHelp, type Opening } from './play/transcript.ts'

export interface ChatOptions {
  opening: Opening
  data: string | undefined
  flow: { name: string; args: Readonly<Record<string, string>> } | undefined
  script: string | undefined
  save: string | undefined
  help: boolean
}

const options = {
  settings: { type: 'string' },
  data: { type: 'string' },
  channel: { type: 'string' },
  language: { type: 'string' },
  from: { type: 'string' },
  flow: { type: 'string' },
  args: { type: 'string', multiple: true },
  script: { type: 'string' },
  save: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const

export function chatHelp(flows: readonly string[]): string {
  return `Usage: npm run chat -- [options]

You are the customer; the bot is the real one, and nothing leaves this machine.

  --settings FILE   a mendline.yaml; without it the one that a start here would read
  --data FOLDER     keeps what is said, and goes on with it next time; without it all is thrown away
  --channel NAME    whose abilities count: ${channelNames}
  --language LANG   what the customer's client says they read: en or zh
  --from ADDRESS    who writes; without it a made-up customer
  --flow NAME       lets the bot begin: ${flows.join(', ')}
  --args K=V        for that conversation, e.g. --args ticket=R-4K7Q2MM; as often as there are some
  --script FILE     replays a transcript: exit code 0 if all is said as it is written, else 1 and the line
  --save FILE       writes the conversation down as a transcript

While you play, anything that does not begin with / is the customer's:

${actsHelp.replaceAll(/^/gm, '  /')}
  /help                 this
  /quit                 the end

${transcriptHelp}
`
}

/** What the arguments ask for, or what is wrong with them. */
export function readChatOptions(args: readonly string[]): ChatOptions | { problem: string } {
  const read = parse(args)
  if ('problem' in read) return read
  const { settings, data, channel: called, language, from, flow, args: pairs = [], script, save, help = false } = read
  const channel = called === undefined ? undefined : channelNamed(called)
  if (called !== undefined && channel === undefined) return { problem: `there is no channel ${called}; there are ${channelNames}` }
  if (language !== undefined && language !== 'en' && language !== 'zh') return { problem: `"${language}" is no language; there are en and zh` }
  const wrong = pairs.find((pair) => !/^\w+=/.test(pair))
  if (wrong !== undefined) return { problem: `--args ${wrong}: write it like ticket=R-4K7Q2MM` }
  if (flow === undefined && pairs.length > 0) return { problem: '--args goes with --flow' }
  return {
    opening: {
      ...(settings === undefined ? {} : { settings }),
      ...(channel === undefined ? {} : { channel }),
      ...(language === undefined ? {} : { language }),
      ...(from === undefined ? {} : { from }),
    },
    data,
    flow: flow === undefined ? undefined : { name: flow, args: Object.assign({}, ...pairs.map((pair) => readArgs(pair.replace(/=(.*)$/s, '="$1"')))) },
    script,
    save,
    help,
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options }).values
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}
