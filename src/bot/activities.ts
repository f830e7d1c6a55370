// Translates between our messages and Bot Framework activities: a burst in, one thing said out.
import { ActionTypes, ActivityTypes, InputHints } from 'botbuilder'
import type { Activity, ConversationReference } from 'botbuilder'
import type { InboundMessage } from '../message.ts'
import type { Said, TurnInput } from './turn.ts'

type Spot = Pick<TurnInput, 'conversation' | 'place'>

/** Messages that belong together are one activity; each stays readable in `channelData`. */
export function activityOf(messages: readonly InboundMessage[], spot: Spot): Partial<Activity> {
  const last = messages.at(-1)
  const { user, bot, conversation, channelId } = referenceOf(spot)
  return {
    type: ActivityTypes.Message,
    channelId,
    ...(user === undefined ? {} : { from: user }),
    ...(bot === undefined ? {} : { recipient: bot }),
    ...(conversation === undefined ? {} : { conversation }),
    ...(last === undefined ? {} : { id: last._id, timestamp: new Date(last.createdAt) }),
    ...(last?.locale === undefined ? {} : { locale: last.locale }),
    text: messages.map(({ text }) => text).join('\n'),
    attachments: messages.flatMap((message) => message.attachments.map(({ contentType, name, file }) => ({ contentType, name, content: { file } }))),
    channelData: { messages },
  }
}

export function messagesOf(activity: Activity): readonly InboundMessage[] {
  return activity.channelData.messages
}

export function referenceOf({ conversation, place }: Spot): Partial<ConversationReference> & { channelId: string } {
  return {
    channelId: place.channel,
    user: { id: place.address, name: '' },
    bot: { id: place.account, name: '' },
    conversation: { id: conversation, isGroup: false, conversationType: 'personal', name: '' },
  }
}

/** Choices become suggested actions; what Bot Framework has no word for travels in `channelData`. */
export function sayActivity(said: Said): Partial<Activity> {
  return {
    type: ActivityTypes.Message,
    text: said.text,
    inputHint: said.choices.length > 0 ? InputHints.ExpectingInput : InputHints.AcceptingInput,
    ...(said.choices.length === 0
      ? {}
      : { suggestedActions: { to: [], actions: said.choices.map(({ value, label }) => ({ type: ActionTypes.ImBack, title: label, value })) } }),
    channelData: { cause: said.cause, acknowledgement: said.acknowledgement, ticket: said.ticket, utterances: said.utterances },
  }
}

export function saidOf(activity: Partial<Activity>): Said[] {
  if (activity.type !== ActivityTypes.Message) return []
  const { cause, acknowledgement, ticket, utterances } = activity.channelData
  const choices = (activity.suggestedActions?.actions ?? []).map(({ title, value }) => ({ value, label: title }))
  return [{ text: activity.text ?? '', choices, cause, acknowledgement, ticket, utterances }]
}
