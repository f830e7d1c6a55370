// The optional model beside the rules.
export { createModel, type Model } from './client.ts'
export { modelConnection } from './connection.ts'
export { blankInstructions } from './instructions.ts'
export { mergeReading } from './merge.ts'
export { nothingRead, type ModelReading } from './reading.ts'
