// The one list of rules by which an intent is recognised; where two are equally sure the earlier counts.
import type { Rule } from '../clues.ts'
import { courtesies } from './courtesies.ts'
import { replies } from './replies.ts'
import { requests } from './requests.ts'

export const rules: readonly Rule[] = [...requests, ...replies, ...courtesies]
