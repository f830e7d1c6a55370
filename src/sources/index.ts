// Systems that send us webhooks: who they are and what their JSON means.
export { readerOf, type FaultRead, type Reading, type RequestRead } from './read-input.ts'
export { mendSources, readSources, type Source } from './source.ts'
