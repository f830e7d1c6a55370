// The app's home: what I have in hand, and what nobody has.
import type { AnyBlock, HomeView } from '@slack/web-api'
import { lineBlocks } from './lines.ts'
import { mrkdwn, plain } from './words.ts'
import type { Workplace } from './workplace.ts'

export function registerHome(at: Workplace): void {
  at.app.event('app_home_opened', at.members, async ({ event }) => {
    if (event.tab === 'home') await publishHome(event.user, at)
  })
  at.app.action({ type: 'block_actions', action_id: 'desk_refresh' }, at.members, async ({ ack, body }) => {
    await publishHome(body.user.id, at)
    await ack()
  })
}

export async function publishHome(user: string, { desk, slack }: Workplace): Promise<void> {
  const { mine, unassigned } = await desk.queue(user)
  const { url } = await slack.identity()
  const part = async (title: string, lines: typeof mine, none: string): Promise<AnyBlock[]> => [
    { type: 'header', text: plain(lines.length === 0 ? title : `${title} (${lines.length})`) },
    ...(lines.length === 0 ? [{ type: 'section' as const, text: mrkdwn(none) }] : await lineBlocks(lines, desk, url)),
  ]
  const view: HomeView = {
    type: 'home',
    blocks: [
      ...(await part('My tickets', mine, 'You have nothing in hand.')),
      { type: 'divider' },
      ...(await part('Unassigned', unassigned, 'Somebody has every ticket.')),
      {
        type: 'actions',
        elements: [
          { type: 'button', action_id: 'desk_refresh', text: plain('Refresh') },
          { type: 'button', action_id: 'desk_open', text: plain('Open a ticket') },
        ],
      },
    ],
  }
  await slack.client.views.publish({ user_id: user, view })
}
