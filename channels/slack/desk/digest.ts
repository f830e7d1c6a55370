// The week in a channel: what changed, and what somebody should look at.
import type { AnyBlock } from '@slack/web-api'
import type { WeekDigest } from '../../../src/channel.ts'
import type { SlackContext } from '../context.ts'
import { escapeText, inParts } from '../text.ts'
import { digestEvent, findPost } from './find-posted.ts'
import { mrkdwn, plain } from './words.ts'

/** Characters of a section's text, with room for its title. */
const sectionMax = 2800

/** Once for each week, as far as Slack can be asked. Throws as the client does. */
export async function showDigest({ channel, company, week, until, sections }: WeekDigest, context: SlackContext): Promise<void> {
  if ((await findPost(context, channel, until, digestEvent, (payload) => payload['week'] === week)) !== undefined) return
  const title = `${company}: the week ${week}`
  const blocks = sections.flatMap(({ title: about, lines }): AnyBlock[] =>
    inParts(lines.map((line) => `• ${escapeText(line)}`).join('\n'), sectionMax).map((part, index) => ({
      type: 'section',
      text: mrkdwn(index === 0 ? `*${about}*\n${part}` : part),
    })),
  )
  await context.client.chat.postMessage({
    channel,
    text: title,
    blocks: [{ type: 'header', text: plain(title.slice(0, 150)) }, ...blocks].slice(0, 50),
    metadata: { event_type: digestEvent, event_payload: { week } },
    parse: 'none',
    link_names: false,
    unfurl_links: false,
    unfurl_media: false,
  })
}
