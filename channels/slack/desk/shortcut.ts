// "Create repair ticket" on any message: what it says is where the ticket begins.
import type { MessageShortcut } from '@slack/bolt'
import { plainText } from '../text.ts'
import { openNew } from './modals/open.ts'
import type { Workplace } from './workplace.ts'

export function registerShortcut(at: Workplace): void {
  at.app.shortcut<MessageShortcut>({ callback_id: 'create_ticket', type: 'message_action' }, at.members, async ({ ack, shortcut }) => {
    const { user, message, channel, trigger_id, action_ts } = shortcut
    const text = plainText(message.text ?? '', undefined)
    const { url } = await at.slack.identity()
    await openNew(at, trigger_id, {
      key: `${user.id}/${action_ts}/create_ticket`,
      subject: text.split('\n')[0] ?? '',
      description: text,
      source: `${url}archives/${channel.id}/p${message.ts.replace('.', '')}`,
    })
    await ack()
  })
}
