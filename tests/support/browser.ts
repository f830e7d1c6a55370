// The real browser of the tests: Chromium, headless, talking to nobody but us.
export { programs, without } from './needs.ts'

export const browserFlags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
