// The Bot Framework channel for the contract suite, with the token check on against an emulated Microsoft.
import type { ChannelFixture, Credentials } from '../fixture.ts'
import { throughWebhook } from '../through-webhook.ts'
import { openBot, recorded, tokenFor } from './bot.ts'

export const botframeworkFixture: ChannelFixture = {
  async open() {
    const { microsoft, channel, post, messages, close } = await openBot()
    const asPosted = (token: string): Credentials => ({
      headers: { 'content-type': 'application/json; charset=utf-8', authorization: `Bearer ${token}` },
      query: '',
    })
    const valid = await recorded('teams-personal-message')
    const token = await tokenFor(microsoft, valid)
    await post({ ...valid, serviceUrl: microsoft.serviceUrl, conversation: { id: 'a:1', conversationType: 'personal' } })
    microsoft.open('a:1')
    const [message] = messages()
    if (message?.route === undefined) throw new Error('a message left no way back')
    return {
      channel,
      async deliver({ body }, door) {
        return throughWebhook(channel, '/api/messages', body, asPosted(await tokenFor(microsoft, JSON.parse(body.toString()))), door)
      },
      // The token speaks for the connector, not for the body: the connection is what keeps that whole.
      webhooks: { valid: async () => Buffer.from(JSON.stringify(valid)), sign: () => asPosted(token), bindsBody: false },
      provider: { refuseRecipient: () => microsoft.shut('a:1'), goAway: close },
      place: { channel: 'botframework', account: message.account, address: message.from.address, thread: message.thread },
      route: message.route,
      close,
    }
  },
}
