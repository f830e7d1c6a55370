// Giving a ticket to a colleague, which takes it from whoever has it, or to a team.
import type { InputBlock, ModalView } from '@slack/web-api'
import { carry, optionOf, readCarried, readEntered, selectInput } from '../pages.ts'
import { agentOf, deedOf, plainWhyNot, type Press, type Workplace } from '../workplace.ts'
import { plain } from '../words.ts'

export async function openAssign({ ticket, key, trigger, ack, agent }: Press, { desk, slack }: Workplace): Promise<void> {
  const teams = desk.teams()
  const person: InputBlock = {
    type: 'input',
    block_id: 'agent',
    optional: teams.length > 0,
    label: plain('To'),
    element: { type: 'users_select', action_id: 'agent', initial_user: agent.id },
  }
  const view: ModalView = {
    type: 'modal',
    callback_id: 'desk_assign',
    private_metadata: carry({ key, ticket }),
    title: plain(`Assign ${ticket}`),
    submit: plain('Assign'),
    blocks: [
      person,
      ...(teams.length === 0
        ? []
        : [
            selectInput(
              'team',
              'Or leave it to a team',
              teams.slice(0, 100).map(({ name }) => optionOf(name)),
              { optional: true },
            ),
          ]),
    ],
  }
  await slack.client.views.open({ trigger_id: trigger, view })
  await ack()
}

export function registerAssign(at: Workplace): void {
  const { app, desk, agents, members } = at
  app.view('desk_assign', members, async ({ ack, body, context, view }) => {
    const { ticket, key } = readCarried(view)
    const entered = readEntered(view)
    const [user, team] = [entered.get('agent'), entered.get('team')]
    const deed = deedOf(context, body.user.id, key)
    // A team that was chosen counts: the person stood there from the beginning.
    if (team !== undefined) {
      const why = plainWhyNot(await desk.assignTeam(ticket, team, deed))
      return why === undefined ? ack() : ack({ response_action: 'errors', errors: { team: why } })
    }
    if (user === undefined) return ack({ response_action: 'errors', errors: { agent: 'Choose somebody.' } })
    if ((await agents.check(user)) !== undefined)
      return ack({ response_action: 'errors', errors: { agent: 'They are not in a channel of this desk, so they could not work on it.' } })
    const why = plainWhyNot(await desk.assign(ticket, await agentOf(at, user), deed))
    return why === undefined ? ack() : ack({ response_action: 'errors', errors: { agent: why } })
  })
}
