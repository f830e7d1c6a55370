// A task: something a person must look at. Among them the needs-review items: inputs no machine could read.
import type { Timestamp } from '../clock.ts'
import type { TaskKind } from '../journal/index.ts'
import { defineCollection } from '../storage/collection.ts'

export interface Task {
  _id: string
  kind: TaskKind
  ticket: string | null
  conversation: string | null
  message: string | null
  /** The due document of an input that is no message: replaying it rings that again. */
  due?: string
  /** What it is about, where no ticket or message tells. */
  about?: string
  state: 'open' | 'done'
  createdAt: Timestamp
  doneAt: Timestamp | null
  doneBy: string | null
}

export const tasksCollection = defineCollection<Task>('tasks', [
  { name: 'open', fields: ['state', 'kind', 'createdAt'] },
  { name: 'ticket', fields: ['ticket'] },
  { name: 'conversation', fields: ['conversation', 'state'] },
])
