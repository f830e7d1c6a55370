// How the tests run: real servers and browsers are slow to start, so the limits are generous; nothing is timed.
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

// Every test file and every started process compiles the same modules: once is enough.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules/.cache/compiled')

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // One more than the two cores of a small machine: much of a test is waiting for others.
    maxWorkers: 3,
    setupFiles: ['tests/support/seed.ts'],
    reporters: ['default'],
  },
})
