// One empty queue database for all tests, so that not each of them takes three seconds to make one (`openEmbeddedQueues({ template })`).
import { fileURLToPath } from 'node:url'

/** Beside the packages that made it: `npm ci` removes both. One that no longer fits is made anew. */
export const queueTemplate = fileURLToPath(new URL('../../node_modules/.cache/mendline/queue-template', import.meta.url))
