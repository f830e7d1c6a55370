// Customers on the channels they like, each as the same few acts: writing, reading, choosing what is offered.
import type { Slack } from '../../emulators/slack.ts'
import type { Customer } from '../../emulators/twilio/customer.ts'
import { buttonsOf } from '../../support/slack-desk.ts'
import { fromBot, openChat } from '../../support/visitor.ts'

export interface Writer {
  readonly channel: string
  say(text: string): Promise<void>
  /** Everything they were told, in order. */
  heard(): Promise<string[]>
  /** What the last thing they were told offers to choose, as they read it. */
  choices(): Promise<string[]>
  choose(choice: string): Promise<void>
}

export async function inWebChat(url: string): Promise<Writer> {
  const visitor = await openChat(() => [url])
  let said = 0
  const told = async () => (await visitor.history()).filter(fromBot)
  const say = (text: string) => visitor.say(text, `word ${said++}`)
  return {
    channel: 'webchat',
    say,
    heard: async () => (await told()).map(({ text = '' }) => text),
    choices: async () => (await told()).at(-1)?.suggestedActions?.actions.map(({ title }) => title) ?? [],
    choose: say,
  }
}

/** By text or by WhatsApp: choices are numbered lines. */
export function byPhone(customer: Customer): Writer {
  const offered = () => [...(customer.inbox().at(-1)?.body ?? '').matchAll(/^(\d+) (.+)$/gm)].map(([, number = '', label = '']) => ({ number, label }))
  return {
    channel: customer.address.startsWith('whatsapp:') ? 'whatsapp' : 'sms',
    async say(text) {
      await customer.text(text)
    },
    heard: async () => customer.inbox().map(({ body }) => body),
    choices: async () => offered().map(({ label }) => label),
    async choose(choice) {
      await customer.text(offered().find(({ label }) => label === choice)?.number ?? `no choice "${choice}"`)
    },
  }
}

export function inSlack(slack: Slack, name: string): Writer {
  const person = slack.person({ name, realName: `${name} Lee` })
  const told = () => slack.botSaid(person.im)
  const last = () => told().at(-1)
  const choices = () => {
    const message = last()
    return message === undefined ? [] : buttonsOf(message)
  }
  return {
    channel: 'slack',
    async say(text) {
      await person.say(person.im, text)
    },
    heard: async () => told().map(({ text }) => text),
    choices: async () => choices(),
    async choose(choice) {
      const message = last()
      if (message === undefined) throw new Error('nothing was said yet')
      await person.press(choice, { message, channel: person.im })
    },
  }
}
