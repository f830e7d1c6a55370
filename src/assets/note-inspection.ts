// An inspection goes on the record of its asset.
import type { Core } from '../core.ts'
import { edit } from '../journal/index.ts'
import { assetStream } from './asset.ts'
import type { Doing } from './change-asset.ts'

/** Once per key; `failed` in words. */
export function noteInspection(core: Core, id: string, found: { inspection: string; kind: string; failed: string[] }, doing: Doing) {
  return edit(core.journal, assetStream, id, { ...doing, act: () => ({ events: [{ type: 'asset.inspected', ...found }] }) })
}
