// Tasks for people.
export { raiseTask } from './raise.ts'
export { tasksCollection, type Task } from './task.ts'
