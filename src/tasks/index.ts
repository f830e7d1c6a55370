// Tasks for people.
export { raiseTask } from './raise.ts'
export { settleTasks } from './settle.ts'
export { tasksCollection, type Task } from './task.ts'
