// How many automatic answers went out from one address of ours: the last stop before a storm.
import type { Timestamp } from '../clock.ts'
import type { Stream } from '../journal/index.ts'
import { defineCollection } from '../storage/collection.ts'

export interface Mailbox {
  _id: string
  n: number
  answers: Timestamp[]
}

export const mailboxesCollection = defineCollection<Mailbox>('mailboxes')

const kept = 1000

export const mailboxStream: Stream<Mailbox> = {
  kind: 'mailbox',
  collection: mailboxesCollection,
  begin: (id) => ({ _id: id, n: 0, answers: [] }),
  apply: (mailbox, event, at) => (event.type === 'mailbox.answered' ? { ...mailbox, answers: [...mailbox.answers, at].slice(-kept) } : mailbox),
}
