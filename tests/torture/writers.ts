// Customers who repeat what was not acknowledged: in web chat until HTTP says so, by mail until SMTP says 250.
import { createTransport } from 'nodemailer'
import type { ConversationSeen } from '../support/outside.ts'
import { openChat } from '../support/visitor.ts'

export interface Writer {
  channel: 'webchat' | 'email'
  /** Resolves once acknowledged. The id makes repetitions one message. */
  say(text: string, id: string): Promise<void>
  isMine(conversation: ConversationSeen): boolean
}

/** `gateways` are tried in turn. */
export async function chatWriter(gateways: readonly string[], patienceMs: number): Promise<Writer> {
  const visitor = await openChat(() => gateways, patienceMs)
  return { channel: 'webchat', say: visitor.say, isMine: ({ id }) => id === visitor.conversation }
}

/** Writes one thread; every mail refers to the first. `ports` are tried in turn, as a mail server tries its MX hosts. */
export function mailWriter(address: string, ports: readonly number[], patienceMs: number): Writer {
  let first: string | undefined
  return {
    channel: 'email',
    async say(text, id) {
      const messageId = `<${id}@writers.example>`
      const thread = first === undefined ? [] : [`In-Reply-To: ${first}`, `References: ${first}`]
      const headers = [
        `From: ${address}`,
        'To: support@desk.example',
        `Subject: ${first === undefined ? '' : 'Re: '}Washing machine`,
        `Message-ID: ${messageId}`,
      ]
      const raw = [...headers, ...thread, '', text, ''].join('\r\n')
      const end = Date.now() + patienceMs
      for (let round = 0; ; round++) {
        const transport = createTransport({ host: '127.0.0.1', port: ports[round % ports.length] ?? 0, ignoreTLS: true, socketTimeout: 10_000 })
        const heard = await transport.sendMail({ envelope: { from: address, to: 'support@desk.example' }, raw }).then(
          () => true,
          () => false,
        )
        transport.close()
        if (heard) break
        if (Date.now() > end) throw new Error(`nobody took a mail in ${patienceMs} ms`)
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
      first ??= messageId
    },
    isMine: (conversation) => conversation.address === address,
  }
}
