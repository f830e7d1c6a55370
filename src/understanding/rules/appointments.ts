// Words on a visit that is agreed: it is not to be, or at another time.
import type { Rule } from '../clues.ts'

const visit = String.raw`(?:appointments?|appt|visits?|slots?|time slot|booking|call ?out|technician|engineer)`
const off = new RegExp(
  String.raw`\b(?:cancel|call off|drop) (?:(?:my|the|our|this|that|tomorrow'?s?|today'?s?|\w+day'?s?) )*(?:\w+ ){0,2}?${visit}\b|\b(?:don'?t|do not|no need to|needn't) (?:send|come)\b`,
)
const chineseOff =
  /(?:取消|撤销|推掉)(?:掉|一下|我的|这次|明天的|今天的|已安排的|后天的|[周下].{1,2}的)*(?:预约|上门|到府)|(?:预约|上门)(?:服务)?(?:帮我|请)?取消|(?:不用|别)(?:让|派)?(?:师傅|人|工程师)?(?:来|过来|上门)了/
const moved = new RegExp(
  String.raw`\bre-?schedul\w+|\b(?:postpone|move|change|shift|bring forward|push back|delay|swap) (?:(?:my|the|our|this|that|tomorrow'?s?|\w+day'?s?) )*(?:\w+ )?(?:${visit}|date|time)\b`,
)
const chineseMoved =
  /改期|改约|(?:推迟|更改|提前|变更|调整|改)(?:一下|到|我的|这次|上门)*(?:预约|上门|时间)|(?:预约|上门|时间).{0,3}(?:改|推迟|提前|换)|换(?:个|一个)(?:时间|日子|日期)|重新(?:约|安排)/

export const appointments: readonly Rule[] = [
  { intent: 'cancel_visit', fits: ({ folded }) => ((off.test(folded) && !/\b(?:repair|ticket|request)\b/.test(folded)) || chineseOff.test(folded) ? 0.86 : 0) },
  { intent: 'reschedule', fits: ({ folded }) => (moved.test(folded) || chineseMoved.test(folded) ? 0.86 : 0) },
]
