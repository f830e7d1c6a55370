// Tickets as a list: in answers to /repair and on the home tab.
import type { AnyBlock } from '@slack/web-api'
import type { Card, Desk } from '../../../src/desk/index.ts'
import { mrkdwn, plain, safe, statusNames, when, who } from './words.ts'

type Line = Awaited<ReturnType<Desk['find']>>['lines'][number]

/** Each with a link to its card, and the button of what to do next. */
export async function lineBlocks(lines: readonly Line[], desk: Desk, workspace: string): Promise<AnyBlock[]> {
  return Promise.all(lines.map(async (line) => lineBlock(line, linkTo(await desk.cards.get(line.number), workspace))))
}

function lineBlock({ number, subject, status, customer, owner, createdAt, mayBeClaimed }: Line, link: string | undefined): AnyBlock {
  const named = link === undefined ? `*${number}*` : `*<${link}|${number}>*`
  const about = [statusNames[status], customer === null ? '' : safe(customer, 60), owner === null ? 'nobody has it' : who(owner.id, owner.name)]
  const text = mrkdwn(`${named} ${safe(subject, 120)}\n${[...about, when(createdAt)].filter((part) => part !== '').join(' · ')}`)
  const [action, label] = mayBeClaimed ? ['desk_claim', status === 'new' ? 'Accept' : 'Claim'] : ['desk_reply', 'Reply']
  return { type: 'section', block_id: `line ${number}`, text, accessory: { type: 'button', action_id: action, text: plain(label), value: number } }
}

/** https://docs.slack.dev/interactivity/deep-linking leaves no other way to a message than its permalink, whose shape is this. */
function linkTo(card: Card | undefined, workspace: string): string | undefined {
  return card === undefined || card.ts === null ? undefined : `${workspace}archives/${card.channel}/p${card.ts.replace('.', '')}`
}
