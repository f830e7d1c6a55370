// Service levels: what is promised by when, and who is told.
export { momentsBy, nextMoment, slaOf, type SlaClock, type SlaView } from './clocks.ts'
export { slaClocks, type SlaClockName } from './record.ts'
export { followSla, ringSla } from './ring.ts'
