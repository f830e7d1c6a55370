// Sends a one-time code to an address that a customer named. The stored message has a gap where the code goes: it is filled in on the way out.
import type { Core } from '../core.ts'
import { codeExpiry, contactPointStream, customerStream, mayHaveCode, oneTimeCode, verificationStream } from '../customers/index.ts'
import type { Actor, Consequence } from '../journal/index.ts'
import { contactPointId, digest, type OutboundMessage } from '../message.ts'
import { addressed } from './addressed.ts'
import { newPlace } from './ladder.ts'

type SendCode = Extract<Consequence, { do: 'send_code' }>

const gap = '••••••'

/** Nothing private is in it: whoever reads it may be a stranger. Over the limit for the address or the customer nothing is sent: false. */
export async function sendCode(core: Core, { conversation, channel, address, customer, language }: SendCode, actor: Actor, key: string): Promise<boolean> {
  const place = newPlace(core, channel, address, '')
  if (place === undefined) return false
  const now = core.clock.now()
  const toAddress = await core.journal.change(contactPointStream, contactPointId(channel, address), {
    key: `${key}/address`,
    decide: (point) =>
      point.optedOut === null && point.bad === null && mayHaveCode(point.codes, now)
        ? { kind: 'entry', actor, events: [{ type: 'contact_point.code_sent' }], effects: [] }
        : { kind: 'refused', refusal: 'limit' },
  })
  if (toAddress.kind === 'refused') return false
  const forCustomer = await core.journal.change(customerStream, customer, {
    key: `${key}/customer`,
    decide: ({ codes }) =>
      mayHaveCode(codes, now) ? { kind: 'entry', actor, events: [{ type: 'customer.code_sent' }], effects: [] } : { kind: 'refused', refusal: 'limit' },
  })
  if (forCustomer.kind === 'refused') return false
  const values = { code: gap, company: core.company().flow.company }
  const text = core.render(language, 'verify.code', values)
  await core.journal.change(verificationStream, conversation, {
    key,
    decide: ({ n }) => ({
      kind: 'entry',
      actor,
      events: [{ type: 'verification.sent', channel, address, customer, expiresAt: codeExpiry(now) }],
      effects: [
        {
          do: 'say',
          message: {
            ...addressed(core, place, `m_${digest('code', key)}`),
            language,
            cause: 'answer',
            acknowledgement: false,
            text,
            fullText: text,
            choices: [],
            utterances: [{ text: 'verify.code', with: values }],
            subject: core.company().flow.company,
            attachments: [],
            ticket: null,
            speaker: 'bot',
            oneTimeCode: { verification: conversation, version: n + 1 },
          },
        },
      ],
    }),
  })
  return true
}

/** As it is sent, and as the provider has it. */
export function withCode(core: Core, message: OutboundMessage): OutboundMessage {
  if (message.oneTimeCode === undefined) return message
  const code = oneTimeCode(core.sign, message.oneTimeCode.verification, message.oneTimeCode.version)
  const fill = (text: string): string => text.replaceAll(gap, code)
  return {
    ...message,
    text: fill(message.text),
    fullText: fill(message.fullText),
    utterances: message.utterances.map((said) => ({ ...said, with: { ...said.with, code } })),
  }
}
