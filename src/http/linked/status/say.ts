// What a customer writes on the page of a repair: a message of the conversation about it, accepted as one that came through its channel.
import type { Core } from '../../../core.ts'
import { digest } from '../../../message.ts'
import type { Known } from './known.ts'

/** Characters. */
export const longestMessage = 4000

/** Stored once per form and words: who goes back and writes something else is heard again. False where nothing reaches us. */
export async function sayHere(core: Core, { conversation, said }: Known, text: string, form: string): Promise<boolean> {
  const place = conversation?.place
  if (conversation === undefined || !place) return false
  const last = said.findLast((message) => message.conversation === conversation._id && message.ticket !== null)
  await core.door.accept({
    kind: 'message',
    message: {
      channel: place.channel,
      account: place.account,
      providerId: `page/${digest(form, text)}`,
      keyWithoutAccount: false,
      from: { address: place.address },
      thread: place.thread,
      text,
      fullText: text,
      author: 'person',
      attachments: [],
      onPage: true,
      ...(last === undefined ? {} : { repliesTo: [last._id] }),
      raw: { name: 'message.txt', contentType: 'text/plain', content: new TextEncoder().encode(text) },
    },
  })
  return true
}
