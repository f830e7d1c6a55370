// A conversation at the terminal: the customer's words go in line by line, and what comes of itself meanwhile is shown when it comes.
import { existsSync, writeFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { styleText } from 'node:util'
import type { ChatOptions } from './chat-options.ts'
import { perform, readAct } from './play/acts.ts'
import { openPlay } from './play/play.ts'
import { createRecorder } from './play/record.ts'
import type { Happened } from './play/stage.ts'

export interface Terminal {
  input: NodeJS.ReadableStream
  output: NodeJS.WritableStream
  env: Readonly<Record<string, string | undefined>>
  help: string
}

/** What comes of itself is looked for so often. */
const lookMs = 300

export async function converse({ input, output, env, help }: Terminal, { opening, data, flow, save }: ChatOptions): Promise<void> {
  const stage = await openPlay({ ...opening, data, env, repeatable: save !== undefined })
  const recorder = save === undefined ? undefined : createRecorder({ ...opening, ...settingsBeside(save, opening.settings) })
  const dim = (text: string): string => styleText('dim', text, { stream: output })
  const print = (text: string): void => void output.write(`${text}\n`)
  const show = ({ heard, done }: Happened): void => {
    for (const line of done) print(dim(`* ${line}`))
    for (const message of heard) print(message.map((line) => `< ${line}`).join('\n'))
  }
  async function act(mark: '>' | '!', text: string): Promise<void> {
    const read = mark === '>' ? ({ act: 'say', text } as const) : readAct(text)
    if ('problem' in read) return print(dim(read.problem))
    try {
      const happened = await perform(stage, read, process.cwd())
      show(happened)
      recorder?.add(mark, text, happened)
      if (save !== undefined && recorder !== undefined) writeFileSync(save, recorder.text())
    } catch (error) {
      print(dim(error instanceof Error ? error.message : String(error)))
    }
  }

  print(dim('You are the customer. /help says what else you can do, /quit ends it.'))
  if (flow !== undefined)
    await act(
      '!',
      `flow ${flow.name} ${Object.entries(flow.args)
        .map(([name, value]) => `${name}="${value}"`)
        .join(' ')}`.trim(),
    )
  const lines = createInterface({ input, output, prompt: '> ' })
  const echoes = 'isTTY' in input && input.isTTY === true
  let busy = false
  let over = false
  lines.once('close', () => (over = true))
  // What is piped in can be at its end before it has all been said.
  const prompt = (): void => (over || !echoes ? undefined : lines.prompt(true))
  const timer = setInterval(() => {
    if (!busy) void lookAround()
  }, lookMs)
  async function lookAround(): Promise<void> {
    busy = true
    const happened = await stage.look()
    busy = false
    if (happened.heard.length + happened.done.length === 0) return
    print('')
    show(happened)
    prompt()
  }

  prompt()
  try {
    for await (const line of lines) {
      const text = line.trim()
      if (!echoes) print(`> ${text}`)
      if (text === '/quit') break
      busy = true
      if (text === '/help') print(help)
      else if (text !== '') await (text.startsWith('/') ? act('!', text.slice(1)) : act('>', text))
      busy = false
      prompt()
    }
  } finally {
    clearInterval(timer)
    lines.close()
    await stage.close()
  }
}

/** A transcript names its settings as seen from its own folder. */
function settingsBeside(save: string, given: string | undefined): { settings?: string } {
  const settings = given ?? (existsSync('mendline.yaml') ? 'mendline.yaml' : undefined)
  return settings === undefined ? {} : { settings: relative(dirname(resolve(save)), resolve(settings)) }
}
