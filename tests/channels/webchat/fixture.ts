// The web chat for the contract suite: one visitor who posts what clients were recorded to post. Stored is sent, so there is no provider.
import type { z } from 'zod'
import { createWebchatChannel } from '../../../channels/webchat/index.ts'
import type { Door, HttpReply, HttpRequest } from '../../../src/channel.ts'
import { systemClock } from '../../../src/clock.ts'
import type { ChannelEvent } from '../../../src/message.ts'
import { systemRandom } from '../../../src/random.ts'
import { testSecret } from '../../support/webchat-server.ts'
import type { ChannelFixture, Payload } from '../fixture.ts'
import { post } from '../through-webhook.ts'
import { png, tokenAnswer } from './visitor.ts'

const root = '/v3/directline'

export const webchatFixture: ChannelFixture = {
  withoutIds: ['directlinejs-message.json'],
  async open() {
    const channel = createWebchatChannel({
      publicUrl: 'http://localhost:3000',
      secret: testSecret,
      allowedOrigins: [],
      clock: systemClock,
      random: systemRandom,
      rateLimit: { activities: 10_000, uploads: 10_000 },
    })
    const request = async (door: Door, path: string, asked: HttpRequest): Promise<HttpReply> => {
      const route = channel.serve?.(door).http.find((one) => one.method === 'POST' && one.path === path)
      if (route === undefined) throw new Error(`nothing at ${path}`)
      return route.handle(asked)
    }
    let visitor: z.infer<typeof tokenAnswer> | undefined
    return {
      channel,
      async deliver(payload, door) {
        const events: ChannelEvent[] = []
        const recording: Door = { ...door, accept: (event) => (events.push(event), door.accept(event)) }
        const generate = `${root}/tokens/generate`
        visitor ??= tokenAnswer.parse(
          JSON.parse(String((await request(recording, generate, post(generate, Buffer.alloc(0), { headers: {}, query: '' }))).body)),
        )
        const { action, contentType, body } = await asPosted(payload)
        const headers = { authorization: `Bearer ${visitor.token}`, 'content-type': contentType }
        await request(
          recording,
          `${root}/conversations/:id/${action}`,
          post(`${root}/conversations/${visitor.conversationId}/${action}`, body, { headers, query: '' }, { id: visitor.conversationId }),
        )
        return events
      },
      params: { id: 'somebody-else' },
      place: { channel: 'webchat', account: 'web', address: 'visitor', thread: '' },
      async close() {},
    }
  },
}

/** The activity of an upload is one part of a form, the file another. */
async function asPosted({ name, body }: Payload): Promise<{ action: string; contentType: string; body: Buffer }> {
  if (!name.includes('upload')) return { action: 'activities', contentType: 'application/json', body }
  const form = new FormData()
  form.append('activity', new Blob([Buffer.from(body)], { type: 'application/vnd.microsoft.activity' }))
  form.append('file', new File([png], 'leak 1.png', { type: 'image/png' }))
  const request = new Request('http://x.example', { method: 'POST', body: form })
  return { action: 'upload', contentType: request.headers.get('content-type') ?? '', body: Buffer.from(await request.arrayBuffer()) }
}
