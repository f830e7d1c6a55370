// Other tickets on the card of one: those it follows or that followed it, and those that are perhaps the same case. Pure.
import type { AnyBlock, Button } from '@slack/web-api'
import type { TicketCard } from '../../../src/desk/index.ts'
import { channelNames, mrkdwn, plain, safe, statusNames, when } from './words.ts'

/** Nothing where there is nothing to tell. */
export function linkedTo({ ticket }: TicketCard): AnyBlock[] {
  const { follows, followedBy, acknowledged } = ticket
  const lines = [
    ...(follows === null ? [] : [`:leftwards_arrow_with_hook: The trouble of ${follows} has come back.`]),
    ...(followedBy.length === 0 ? [] : [`:arrow_right: Its trouble came back: ${followedBy.slice(-5).join(', ')}`]),
    ...(acknowledged === null ? [] : [`:ok_hand: The customer has acknowledged the last news, ${when(acknowledged.at)}`]),
  ]
  return lines.length === 0 ? [] : [{ type: 'context', elements: lines.map(mrkdwn) }]
}

const assetNames = { serial: 'the same serial number', product: 'the same product' } as const
const troubleNames = { error_code: 'the same error code', words: 'like words' } as const

/** Each with what makes it look so, and the two answers to it. */
export function perhapsSame({ ticket, sameCase }: TicketCard): AnyBlock[] {
  return sameCase.flatMap((other): AnyBlock[] => {
    const reporter = other.customer.same ? 'the same customer' : `another customer, ${safe(other.customer.name ?? 'not named yet', 60)}`
    const about = [`${assetNames[other.asset]}, ${troubleNames[other.trouble]}`, reporter, `${channelNames[other.channel]}, ${when(other.createdAt)}`]
    return [
      {
        type: 'section',
        text: mrkdwn(
          `:twisted_rightwards_arrows: Perhaps the same case as *${other.number}* ${safe(other.subject, 120)} (${statusNames[other.status]})\n${about.join(' · ')}`,
        ),
      },
      {
        type: 'actions',
        block_id: `same ${other.number}`,
        elements: [
          button('desk_merge_same', `Merge into ${other.merge.into}`, `${other.merge.from} ${other.merge.into}`),
          button('desk_apart', 'Not the same', `${ticket.number} ${other.number}`),
        ],
      },
    ]
  })
}

/** Acts on two tickets, whose numbers a button carries with a space between. */
export const pairActs = ['desk_merge_same', 'desk_apart'] as const

function button(id: (typeof pairActs)[number], label: string, value: string): Button {
  return { type: 'button', action_id: id, text: plain(label), value }
}
