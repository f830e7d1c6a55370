// What repairs teach, looked at day by day.
export { ringInsights, startInsights } from './ring.ts'
