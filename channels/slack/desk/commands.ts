// `/repair`: finding tickets, opening one, my own. Answered to whoever typed it, and to nobody else.
import type { AnyBlock } from '@slack/web-api'
import { lineBlocks } from './lines.ts'
import { openNew } from './modals/open.ts'
import { mrkdwn, safe } from './words.ts'
import type { Workplace } from './workplace.ts'

const help = [
  '*/repair find* _number or words_ — tickets by number (case and O for 0 do not matter), or by words of subject, customer or device',
  '*/repair open* — a ticket for a customer who called or came by',
  '*/repair mine* — what you have in hand',
].join('\n')

export function registerCommands(at: Workplace): void {
  const { app, desk, slack, members } = at
  app.command('/repair', members, async ({ ack, command }) => {
    const answer = (text: string, blocks: AnyBlock[] = [{ type: 'section', text: mrkdwn(text) }]): Promise<void> =>
      ack({ response_type: 'ephemeral', text, blocks })
    const [first = '', ...rest] = command.text.trim().split(/\s+/)
    switch (first.toLowerCase()) {
      case '':
      case 'help':
        return answer(help)
      case 'mine': {
        const { mine } = await desk.queue(command.user_id)
        if (mine.length === 0) return answer('You have nothing in hand.')
        return answer(`You have ${mine.length}:`, await lineBlocks(mine, desk, (await slack.identity()).url))
      }
      case 'open':
        await openNew(at, command.trigger_id, { key: `${command.user_id}/${command.trigger_id}`, subject: rest.join(' ') })
        return ack()
      default: {
        // "/repair R-4K7Q2MM" is meant as it stands.
        const words = first.toLowerCase() === 'find' ? rest.join(' ') : command.text
        const { lines, all } = await desk.find(words)
        if (lines.length === 0) return answer(`No ticket found for “${safe(words, 100)}”.${all ? '' : ' Older ones are found by their number.'}`)
        const more: AnyBlock[] = all ? [] : [{ type: 'context', elements: [mrkdwn('There are more, or older ones: say a number, or more words.')] }]
        return answer(`${lines.length} found:`, [...(await lineBlocks(lines, desk, (await slack.identity()).url)), ...more])
      }
    }
  })
}
