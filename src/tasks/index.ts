// Tasks for people.
export { raiseTask } from './raise.ts'
export { settleTask, settleTasks } from './settle.ts'
export { tasksCollection, type Task } from './task.ts'
