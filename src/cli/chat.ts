// `npm run chat`: plays any conversation at the terminal, or replays a transcript and says where it went another way.
import { flowNames } from '../app.ts'
import { StartError } from '../errors.ts'
import { chatHelp, readChatOptions } from './chat-options.ts'
import { converse, type Terminal } from './converse.ts'
import { replayFile } from './play/replay-file.ts'

export interface ChatParts extends Omit<Terminal, 'help'> {
  args: readonly string[]
}

/** Answers the exit code: 1 when a transcript went another way, 2 when it was asked for something that does not work. */
export async function chat({ args, ...terminal }: ChatParts): Promise<0 | 1 | 2> {
  const print = (text: string): void => void terminal.output.write(`${text}\n`)
  const help = chatHelp(flowNames)
  const options = readChatOptions(args)
  if ('problem' in options) {
    print(`${options.problem}\n\n${help}`)
    return 2
  }
  if (options.help) {
    print(help)
    return 0
  }
  try {
    if (options.script === undefined) {
      await converse({ ...terminal, help }, options)
      return 0
    }
    const problems = await replayFile(options.script, options)
    print(problems.length === 0 ? `${options.script}: as it is written` : problems.join('\n'))
    return problems.length === 0 ? 0 : 1
  } catch (error) {
    if (!(error instanceof StartError)) throw error
    print(error.problems.join('\n'))
    return 2
  }
}
