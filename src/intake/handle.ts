// One conversation, one turn at a time: takes what waits, lets the bot decide, commits, and goes on until nothing waits.
import { conversationStream } from '../conversations/index.ts'
import type { Core } from '../core.ts'
import { Unavailable } from '../errors.ts'
import { errorFields } from '../log.ts'
import type { InboundMessage } from '../message.ts'
import { gatherWait, takeBurst } from './burst.ts'
import { fetchFiles } from './fetch-files.ts'
import { nameSender } from './name-sender.ts'
import { readLabels } from './read-labels.ts'
import { readWithModel } from './read-with-model.ts'
import { decideTurn } from './turn.ts'

const triesMax = 3

/** Drains the stored messages of a conversation, in order. Any number of workers may do so at once: each turn commits once. */
export async function handleConversation(core: Core, conversation: string): Promise<void> {
  while ((await takeTurn(core, conversation)) === 'again');
}

async function takeTurn(core: Core, conversation: string): Promise<'again' | 'done'> {
  const { messages } = core.collections
  const state = await core.journal.load(conversationStream, conversation)
  const found = await messages.find({ conversation, direction: 'inbound', state: 'received' }, { sort: { seq: 1 }, limit: 50 })
  const received = found.filter((message) => message.direction === 'inbound')
  // Had their turn, but the tick was lost: the conversation's own record decides.
  for (const late of received.filter((message) => message.seq <= state.handledSeq))
    await messages.update(late._id, { $set: { state: 'handled' } }, { state: 'received' })
  const waiting = received.filter((message) => message.seq > state.handledSeq)
  const [first] = waiting
  if (first === undefined) return 'done'
  const channel = core.channels.get(first.channel)
  if (channel === undefined) throw new Error(`a message waits for the channel ${first.channel}, which is off`)
  const gathered = takeBurst(waiting, channel.abilities)
  const wait = gatherWait(gathered, channel.abilities, core.clock.now())
  if (wait > 0) {
    await core.queues.add('turn', { conversation }, { key: conversation, delayMs: wait })
    return 'done'
  }

  const stop = core.metrics.turns.startTimer()
  try {
    const whole = await fetchFiles(core, channel, gathered)
    if (whole === 'later') return 'done'
    const burst = await readWithModel(core, state, await readLabels(core, await nameSender(core, channel, whole)))
    await core.journal.change(conversationStream, conversation, {
      key: `turn/${first._id}`,
      decide: (current) => (current.handledSeq >= first.seq ? { kind: 'nothing' } : decideTurn(core, channel, current, burst)),
    })
    stop({ outcome: 'committed' })
    core.log.info('turn', { conversation, message: first._id, count: burst.length })
    return 'again'
  } catch (error) {
    stop({ outcome: 'failed' })
    if (error instanceof Unavailable) throw error
    return failed(core, first, error)
  }
}

/** Counts the failure on the message; the third puts it aside for a person, and the conversation goes on with the next. */
async function failed(core: Core, message: InboundMessage, error: unknown): Promise<'again' | 'done'> {
  const failures = message.failures + 1
  core.log.error('turn failed', { conversation: message.conversation, message: message._id, count: failures, ...errorFields(error) })
  await core.collections.messages.update(message._id, { $set: { failures } })
  if (failures < triesMax) {
    await core.queues.add('turn', { conversation: message.conversation }, { key: message.conversation, delayMs: 500 * 2 ** failures })
    return 'done'
  }
  await core.journal.change(conversationStream, message.conversation, {
    key: `aside/${message._id}`,
    decide: (current) =>
      current.handledSeq >= message.seq
        ? { kind: 'nothing' }
        : {
            kind: 'entry',
            actor: { kind: 'system', id: null },
            events: [{ type: 'message.put_aside', message: message._id, seq: message.seq }],
            effects: [
              { do: 'handled', messages: [{ id: message._id, ticket: current.ticket, state: 'needs_review' }] },
              { do: 'open_task', kind: 'needs_review', ticket: current.ticket, conversation: message.conversation, message: message._id },
            ],
          },
  })
  return 'again'
}

/** Runs a message that was put aside once more, out of its order. Answers whether it went through. */
export async function replayMessage(core: Core, message: InboundMessage, attempt: string): Promise<void> {
  const channel = core.channels.get(message.channel)
  if (channel === undefined) throw new Error(`the channel ${message.channel} is off`)
  await core.journal.change(conversationStream, message.conversation, {
    key: `replay/${message._id}/${attempt}`,
    decide: (current) => decideTurn(core, channel, current, [message]),
  })
}
