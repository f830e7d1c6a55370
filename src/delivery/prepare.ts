// What a channel is handed to send: the message, when the customer wrote last, and a template where free words are not allowed any more.
import type { Channel, Outgoing, Template } from '../channel.ts'
import type { TemplateSetting } from '../company.ts'
import type { Core } from '../core.ts'
import { SendError } from '../errors.ts'
import { linkTo } from '../links.ts'
import { contactPointId, type OutboundMessage } from '../message.ts'

/** @throws SendError `window_closed` when free words come too late and the settings name no template for these. */
export async function prepare(core: Core, channel: Channel, message: OutboundMessage): Promise<Outgoing> {
  const [last] = await core.collections.messages.find(
    { conversation: message.conversation, direction: 'inbound', onPage: { $exists: false } },
    { sort: { seq: -1 }, limit: 1 },
  )
  const lastInbound = last?.direction === 'inbound' ? { at: last.createdAt, route: last.route ?? null } : null
  const outgoing = { message, files: core.files, lastInbound, unsubscribe: unsubscribeLink(core, message) }
  const { windowMs } = channel.abilities
  if (windowMs === null || (lastInbound !== null && Date.parse(lastInbound.at) + windowMs > core.clock.now())) return { ...outgoing, template: null }
  const template = chooseTemplate(core.company().templates, message)
  if (template === undefined)
    throw new SendError('window_closed', 'too long after the last message of the customer for free words, and no template is set for these')
  return { ...outgoing, template }
}

/** What we ask of our own accord can be left by one click: news of a repair, and answers, are what the customer came for. */
function unsubscribeLink(core: Core, { utterances, channel, place }: OutboundMessage): string | null {
  const asked = utterances.some(({ text }) => text.startsWith('survey.'))
  return asked ? linkTo(core, 'unsubscribe', contactPointId(channel, place.address)) : null
}

/** Only words that come from one key of `flows/texts/` have a template; merged or composed ones have none. */
export function chooseTemplate(
  settings: readonly TemplateSetting[],
  message: Pick<OutboundMessage, 'channel' | 'language' | 'utterances' | 'merged'>,
): Template | undefined {
  const [said] = message.utterances
  if (said === undefined || message.utterances.length > 1 || message.merged.length > 0) return undefined
  const setting = settings.find((each) => each.channel === message.channel && each.text === said.text && each.language === message.language)
  if (setting === undefined) return undefined
  return { id: setting.contentSid, variables: Object.fromEntries(setting.variables.map((name, index) => [String(index + 1), String(said.with[name] ?? '')])) }
}
