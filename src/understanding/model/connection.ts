// The model's server as it is tried before the start: asked to read one short message of nobody's.
import type { Connection } from '../../connection.ts'
import { StartError } from '../../errors.ts'
import { createModel, type ModelOptions } from './client.ts'

/** Longer than in a conversation: a server that has just been started may have to load the model first. */
const patienceMs = 20_000

export function modelConnection(options: Omit<ModelOptions, 'timeoutMs' | 'onProblem'>): Connection {
  return {
    setting: 'UNDERSTANDING_URL',
    async try() {
      const { promise: trouble, resolve: onProblem } = Promise.withResolvers<Error>()
      const reading = await createModel({ ...options, timeoutMs: patienceMs, onProblem }).read('My washing machine leaks.', [])
      if (reading !== undefined) return `the server reads messages with ${options.model}`
      const { message } = await trouble
      throw new StartError([
        `UNDERSTANDING_URL: ${message}: start the server at ${new URL(options.url).host}, or correct UNDERSTANDING_URL, UNDERSTANDING_MODEL and UNDERSTANDING_API_KEY; until then the rules read alone`,
      ])
    },
  }
}
