// What repairs teach, looked at day by day.
export { ringDigest } from './digest/index.ts'
export { ringInsights, startInsights } from './ring.ts'
