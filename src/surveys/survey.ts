// A survey: one question per repair outcome, asked once, answered at most once.
import { timestamp, type Timestamp } from '../clock.ts'
import type { Stream } from '../journal/index.ts'
import type { ChannelName } from '../message.ts'
import { defineCollection } from '../storage/collection.ts'

/** What the answer is about, as it was when it was given: for reports that nobody has to piece together. */
export interface SurveyAbout {
  agent: string | null
  engineer: string | null
  product: string | null
  serial: string | null
  /** Names of the parts used. */
  parts: string[]
  /** Where it was answered. */
  channel: ChannelName | 'page'
}

export interface Survey {
  _id: string
  n: number
  ticket: string
  conversation: string
  /** Which resolution of the ticket it asks about. */
  resolution: number
  state: 'new' | 'requested' | 'responded' | 'expired'
  score: number | null
  comment: string | null
  requestedAt: Timestamp
  expiresAt: Timestamp
  respondedAt: Timestamp | null
  /** Null until it is answered. */
  about: SurveyAbout | null
}

export const surveysCollection = defineCollection<Survey>('surveys', [
  { name: 'ticket', fields: ['ticket'] },
  { name: 'requested', fields: ['requestedAt', '_id'] },
  { name: 'responded', fields: ['respondedAt'] },
])

export const surveyStream: Stream<Survey> = {
  kind: 'survey',
  collection: surveysCollection,
  begin: (id) => ({
    _id: id,
    n: 0,
    ticket: '',
    conversation: '',
    resolution: 0,
    state: 'new',
    score: null,
    comment: null,
    requestedAt: timestamp(0),
    expiresAt: timestamp(0),
    respondedAt: null,
    about: null,
  }),
  apply(survey, event, at) {
    switch (event.type) {
      case 'survey.requested':
        return {
          ...survey,
          state: 'requested',
          ticket: event.ticket,
          conversation: event.conversation,
          resolution: event.resolution,
          requestedAt: at,
          expiresAt: event.expiresAt,
        }
      case 'survey.responded':
        return {
          ...survey,
          state: 'responded',
          score: event.score ?? survey.score,
          comment: event.comment ?? survey.comment,
          respondedAt: at,
          about: event.about,
        }
      case 'survey.expired':
        return { ...survey, state: 'expired' }
      default:
        return survey
    }
  },
}
