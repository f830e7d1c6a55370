// The customer's words out of an activity: without the mention of us, without what Teams adds to plain text.
import type { Activity } from './read-activity.ts'

/** True where many read along, and only what is meant for us is ours to take. */
export function isGroup({ conversation: { isGroup: group, conversationType } }: Activity): boolean {
  return group === true || conversationType === 'channel' || conversationType === 'groupChat'
}

export function mentionsUs({ entities, recipient }: Activity): boolean {
  return (entities ?? []).some(({ type, mentioned }) => type === 'mention' && mentioned?.id === recipient.id)
}

export function textOf(activity: Activity): string {
  let text = clean(activity.text ?? '')
  for (const { type, text: mention, mentioned } of activity.entities ?? []) {
    if (type !== 'mention' || !mention) continue
    const said = mentioned?.id === activity.recipient.id ? '' : (mentioned?.name ?? mention)
    text = text.replaceAll(mention, () => said)
  }
  return (activity.channelId === 'msteams' ? fromTeams(text) : text).trim()
}

/** What somebody is called, or undefined. */
export function nameOf(name: string | null | undefined): string | undefined {
  return clean(name ?? '').trim() || undefined
}

/**
 * Teams marks mentions as `<at>`, quoted messages as `<quoted …/>`, pads both with `&nbsp;` and writes `&`, `<` and `>` as entities,
 * in text that it calls plain. `&amp;` comes last, so that what the customer typed as `&lt;` stays that.
 */
function fromTeams(text: string): string {
  return text
    .replaceAll(/<quoted\b[^>]*>(?:<\/quoted>)?/g, '')
    .replaceAll(/<at\b[^>]*>(.*?)<\/at>/gs, '$1')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}

/** As any store can hold it, with one kind of line break and of space. */
function clean(text: string): string {
  return text.toWellFormed().replaceAll('\0', '').replaceAll(/\r\n?/g, '\n').replaceAll('\u00a0', ' ')
}
