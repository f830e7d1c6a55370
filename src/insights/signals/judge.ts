// What somebody makes of a signal: it is seen to, or it is none. It is not raised again for that, unless it worsens.
import type { Doing } from '../../assets/index.ts'
import type { Core } from '../../core.ts'
import { edit } from '../../journal/index.ts'
import { signalStream, type QualitySignal, type Verdict } from './signal.ts'

export function judgeSignal(core: Core, id: string, verdict: Verdict, reason: string | null, doing: Doing) {
  return edit<QualitySignal>(core.journal, signalStream, id, {
    ...doing,
    act: ({ judged }) =>
      judged?.verdict === verdict && judged.reason === reason ? undefined : { events: [{ type: 'quality.signal_judged', verdict, reason }] },
  })
}
