// The week, told to a team.
export { digestsCollection, type Digest } from './digest.ts'
export { ringDigest, startDigest } from './ring.ts'
