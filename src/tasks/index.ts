// Tasks for people.
export { tasksCollection, type Task } from './task.ts'
