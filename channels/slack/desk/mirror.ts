// Everything said about a ticket goes into the thread under its card, in order and once: for staff to read, never back to the customer.
import { buffer } from 'node:stream/consumers'
import type { AnyBlock } from '@slack/web-api'
import type { Door } from '../../../src/channel.ts'
import type { Desk } from '../../../src/desk/index.ts'
import type { Attachment } from '../../../src/message.ts'
import type { SlackContext } from '../context.ts'
import { postsSince, saidEvent, type Post } from './find-posted.ts'
import type { Hold } from './hold.ts'
import { by, deedWords } from './moves.ts'
import { channelNames, excerpt, mrkdwn, safe, when, who, wordBlocks } from './words.ts'

type Said = Awaited<ReturnType<Desk['exchange']>>[number]

const atOnce = 20
/** Larger files are named only, bytes. */
const fileMax = 20_000_000

export async function mirror(number: string, hold: Hold, { desk, files }: Door, context: SlackContext): Promise<void> {
  const { channel, ts: thread } = hold.card
  if (thread === null) return
  const next = (): Promise<Said[]> => desk.exchange(number, hold.card.posted, atOnce)
  let waiting = await next()
  // Somebody died over this thread: what they got done after their record is there to be read.
  const there = hold.inherited && waiting[0] !== undefined ? await Array.fromAsync(postsSince(context, channel, waiting[0].at, thread)) : []
  while (waiting.length > 0) {
    for (const said of waiting) {
      const found = there.find((post) => isOf(post, said))
      if (found === undefined) await post(said, channel, thread, context)
      if (!hasFiles(there, found, said)) await upload(said, channel, thread, files, context)
      await hold.record({ posted: { ...hold.card.posted, [said.stream]: said.position } })
    }
    waiting = await next()
  }
}

function isOf({ metadata }: Post, { stream, position }: Said): boolean {
  return metadata?.event_type === saidEvent && metadata.event_payload['stream'] === stream && metadata.event_payload['position'] === position
}

async function post(said: Said, channel: string, thread: string, { client }: SlackContext): Promise<void> {
  await client.chat.postMessage({
    channel,
    thread_ts: thread,
    text: said.words.from === 'work' ? headOf(said, false) : `${headOf(said, false)}: ${safe(said.text, 150)}`,
    blocks: blocksOf(said),
    metadata: { event_type: saidEvent, event_payload: { stream: said.stream, position: said.position } },
    parse: 'none',
    link_names: false,
    unfurl_links: false,
    unfurl_media: false,
  })
}

function blocksOf(said: Said): AnyBlock[] {
  const listed = said.files.map(({ name, size }) => `${excerpt(name, 60)} (${Math.ceil(size / 1000)} kB)`)
  return [
    { type: 'context', elements: [mrkdwn(`${headOf(said, true)} · ${when(said.at)}`)] },
    ...wordBlocks(said.text),
    ...(listed.length === 0 ? [] : [{ type: 'context' as const, elements: [mrkdwn(`:paperclip: ${safe(listed.join(', '), 500)}`)] }]),
  ]
}

/** Who said it to whom. In a notification there is no markup but names. */
function headOf({ words }: Said, bold: boolean): string {
  const strong = (text: string): string => (bold ? `*${text}*` : text)
  switch (words.from) {
    case 'customer':
      return `:inbox_tray: ${strong(safe(words.name ?? 'The customer', 80))} by ${channelNames[words.channel]}`
    case 'us': {
      const speaker = words.speaker === 'bot' ? 'The bot' : safe(words.speaker, 80)
      return words.unsent === null
        ? `:outbox_tray: ${strong(speaker)} to the customer by ${channelNames[words.channel]}`
        : `:no_entry: ${strong(speaker)}, not sent: ${safe(words.unsent, 150)}`
    }
    case 'work':
      return `${words.move.about.kind === 'quote' ? ':page_facing_up:' : ':wrench:'} ${by(words.move.actor)}: ${deedWords(words.move)}`
    case 'staff':
      return `:memo: Note by ${words.by.kind === 'agent' && words.by.id !== null ? who(words.by.id, words.by.id) : 'another system'}`
  }
}

/** A post of files after its words holds all of them by name. */
function hasFiles(there: readonly Post[], found: Post | undefined, { files }: Said): boolean {
  const names = small(files).map(({ name }) => name)
  if (names.length === 0) return true
  if (found === undefined) return false
  return there.some((each) => Number(each.ts) > Number(found.ts) && names.every((name) => each.files?.some((file) => file.name === name)))
}

async function upload({ files }: Said, channel: string, thread: string, stored: Door['files'], { client }: SlackContext): Promise<void> {
  const read = await Promise.all(
    small(files).map(async ({ file, name }) => {
      const content = await stored.read(file)
      return content === undefined ? [] : [{ file: await buffer(content.content), filename: name, title: name }]
    }),
  )
  const uploads = read.flat()
  if (uploads.length > 0) await client.filesUploadV2({ channel_id: channel, thread_ts: thread, file_uploads: uploads })
}

function small(files: readonly Attachment[]): Attachment[] {
  return files.filter(({ size }) => size > 0 && size <= fileMax)
}
