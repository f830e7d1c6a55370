// `npm run chat`: what somebody sees who plays, and what a replayed transcript says when the bot says something else.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { chat } from '../../src/cli/chat.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mendline-chat-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

async function run(args: readonly string[], typed: readonly string[] = []): Promise<{ code: number; seen: string }> {
  const output = new PassThrough()
  const shown: Buffer[] = []
  output.on('data', (chunk: Buffer) => shown.push(chunk))
  const input = new PassThrough()
  input.end(typed.map((line) => `${line}\n`).join(''))
  const code = await chat({ args, env: {}, input, output })
  return { code, seen: Buffer.concat(shown).toString() }
}

const settings = () => file('mendline.yaml', 'company: Keep Running\nproducts: [{ name: T5 treadmill, aliases: [T5] }]\nsurvey: { delay: 1h }\n')

describe('playing', () => {
  it('answers as the bot does, and tells what happens beside', async () => {
    const { code, seen } = await run(
      ['--settings', settings()],
      ['My T5 beeps', 'skip', '/photo nowhere.png', '/ticket', 'a person please', '/quit', 'unheard'],
    )
    expect(code).toBe(0)
    expect(seen).toMatch(/> My T5 beeps\n\* ticket R-\w{7} opened: T5 treadmill: beeps; .*product = T5 treadmill/)
    expect(seen).toContain('< [1] Skip')
    expect(seen).toContain('< At which address is it?')
    expect(seen).toMatch(/> \/photo .*\n.*ENOENT/)
    expect(seen).toContain('* product: T5 treadmill')
    expect(seen).toContain('* handed over to a person: asked\n* task for a person: handover')
    expect(seen).not.toContain('unheard')
  })

  it('moves time on, so that reminders and surveys come in their order', async () => {
    const { seen } = await run(['--settings', settings()], ['My T5 beeps', '/status resolved A new belt.', '/wait 30m', '/wait 8d'])
    const [, early = '', late = ''] = seen.split('> /wait')
    expect(early).not.toContain('How happy are you')
    expect(late).toMatch(/: resolved → closed\n< How happy are you/)
  })

  it('goes on with the same customer where the data are kept', async () => {
    const kept = ['--data', join(folder, 'data'), '--settings', settings()]
    await run(kept, ['My T5 beeps', 'a person please'])
    const { seen } = await run(kept, ['/wait 1h', 'where is my repair?'])
    expect(seen).toMatch(/Your repair R-\w{7} \(T5 treadmill: beeps\) has reached us/)
    expect(seen).not.toContain('opened')
  })

  it('asks by mail for everything at once, and says what a text message looks like', async () => {
    const mail = await run(['--channel', 'mail'], ['My fridge is not cooling'])
    expect(mail.seen).toMatch(/< Subject: \[R-\w{7}\] fridge: not cooling\n.*\n< To get started we still need:/)
    const sms = await run(['--channel', 'sms', '--language', 'zh'], ['我家冰箱不制冷'])
    expect(sms.seen).toContain('< 1 跳过')
  })

  it('lets the bot begin any conversation', async () => {
    const survey = await run(['--flow', 'answer-survey', '--args', 'ticket=R-4K7Q2MM', '--args', 'subject=the new belt', '--language', 'zh'], ['2'])
    expect(survey.seen).toContain('< 您对the new belt（R-4K7Q2MM）的维修满意吗？')
    expect(survey.seen).toContain('< 非常抱歉。请问哪里没做好？')
    const change = await run(['--flow', 'change-channel'], ['by email'])
    expect(change.seen).toContain('Which email address should we write to?')
    expect((await run(['--flow', 'sing'])).seen).toContain('there is no flow sing')
  })

  it('writes down what can be replayed', async () => {
    const saved = join(folder, 'played.txt')
    await run(
      ['--settings', settings(), '--save', saved],
      ['My T5 beeps', 'text me instead', '/agent Hello', '/wait 31m', 'My fridge is not cooling, that is another repair', 'cancel'],
    )
    expect(readFileSync(saved, 'utf8')).toContain('! settings mendline.yaml\n\n> My T5 beeps\n* ticket {number} opened')
    expect(await run(['--script', saved])).toEqual({ code: 0, seen: `${saved}: as it is written\n` })
  })
})

describe('a replayed transcript', () => {
  const script = (text: string): string => file('script.txt', text)
  const greeting = ['! settings mendline.yaml', '> hello', '< Hello! This is the repair service of Keep …', '< [1] Report a repair', '< …', ''].join('\n')
  beforeEach(() => void settings())

  it('may leave open what does not matter, and hold on to what comes up again', async () => {
    const told =
      '> My T5 beeps\n* …opened…product = {product} treadmill\n< …number is {number}.\n< …\n\n> status of {number}\n< Your repair {number} ({product} …\n< …\n'
    expect(await run(['--script', script(greeting + told)])).toMatchObject({ code: 0 })
  })

  it.each([
    ['says something else', '> thanks\n< Good bye!\n', /script\.txt:7: something else was said\n {2}- Good bye!\n {2}\+ You are welcome!\n$/],
    ['says nothing', '> My T5 beeps\n< …\n\n> a person please\n< …\n\n> are you there?\n< I am\n', /script\.txt:13: nothing was said\n {2}- I am\n$/],
    ['says more', '> thanks\n', /script\.txt:6: something was said that is not in the transcript\n {2}\+ You are welcome!\n$/],
    [
      'does something else',
      '> My T5 beeps\n* ticket {number} opened: a bicycle\n< …\n',
      /script\.txt:7: this did not happen\n {2}- .*bicycle\n {2}\+ ticket R-/,
    ],
    ['does not allow what is tried', '! status resolved\n', /script\.txt:6: there is no ticket yet\n$/],
  ])('fails with the line and both words when the bot %s', async (_, told, seen) => {
    expect(await run(['--script', script(greeting + told)])).toEqual({ code: 1, seen: expect.stringMatching(seen) })
  })

  it.each([
    ['an answer to nothing', '< Hello\n', /script\.txt:1: nothing has been done yet/],
    ['an order that there is not', '> hello\n! sing\n', /script\.txt:2: there is nothing called "sing"/],
    ['a time that is none', '! wait soon\n', /script\.txt:1: "soon" is no time/],
    ['a line without a mark', '> hello\nHello!\n', /script\.txt:2: a line begins with/],
    ['a channel that there is not', '! channel pigeon\n', /script\.txt:1: there is no channel pigeon; there are chat, mail/],
  ])('is refused for %s', async (_, text, seen) => {
    expect(await run(['--script', script(text)])).toEqual({ code: 2, seen: expect.stringMatching(seen) })
  })
})

it.each([
  ['--help', 0, /Usage: npm run chat[^]*--channel NAME[^]*\/wait 25h[^]*A transcript is text/],
  ['--colour', 2, /--colour/],
  ['--channel=pigeon', 2, /there is no channel pigeon; there are chat, mail/],
  ['--args=a=b', 2, /--args goes with --flow/],
  ['--script=nowhere.txt', 2, /nowhere\.txt cannot be read/],
])('%s explains itself', async (arg, code, seen) => {
  expect(await run([arg])).toEqual({ code, seen: expect.stringMatching(seen) })
})

it('names the line of what is wrong in the settings', async () => {
  expect(await run(['--settings', file('wrong.yaml', 'company: A\nlanguage: fr\n')])).toEqual({
    code: 2,
    seen: expect.stringMatching(/wrong\.yaml:2: language: /),
  })
})
