// What somebody may come with: a repair, a question about one, news on one, an end to one, a person.
import type { Rule } from '../clues.ts'
import { additions } from './additions.ts'
import { appointments } from './appointments.ts'
import { asksForChannel } from './channel.ts'
import { asksForPerson } from './person.ts'
import { asksForStatus } from './status.ts'

const cancelAll =
  /^(?:i (?:want|would like|wish|need|'d like) to |i'd like to |please |can (?:you|i|we) |could you |let's |just |actually )*(?:cancel|abort|withdraw|call off|delete|close)(?: (?:it|this|that|everything|all|(?:my|the|this|that|our) (?:repair|ticket|request|repair request|report|order|case|service request|enquiry|inquiry|booking of the repair)?|r ?[0-9a-z]{7}|now|altogether|please|thanks?|thank you|completely))*$/
const cancelPhrase =
  /^(?:never ?mind|nvm|forget (?:it|about it|this|that)|stop|stop (?:it|this|that|asking)|quit|exit|abort|end|(?:i |we )?(?:don't|do not|dont|no longer) (?:need|want) (?:it|this|the repair|a repair|your help|help|a technician|you)(?: (?:any ?more|any longer|now|to come|repaired|fixed))*|no longer needed|not needed any ?more|it(?:'s| is) (?:no longer|not) needed(?: any ?more)?|it (?:has )?(?:fixed|resolved) itself|(?:i|we) (?:have )?(?:fixed|solved|repaired) it (?:myself|ourselves)|(?:i )?changed my mind|leave it|drop it)(?: (?:thanks?|thank you|sorry))?$/
const cancelAnywhere =
  /^(?:oh |ok |well )?never ?mind\b|\b(?:cancel|withdraw|call off) (?:(?:my|the|this|our|that) )?(?:repair|ticket|request|repair request|service request|case)\b|\b(?:cancel|withdraw) r ?- ?[0-9a-z]{7}\b|\bno longer need (?:the|a|this|your|any) (?:repair|service|technician|visit|help)\b|\bdon't need (?:the|a|this) repair(?: any ?more)?\b/
const chineseCancel =
  /^(?:我?(?:想|要|想要|需要)?(?:取消|撤销|撤回|撤单|作废|终止)(?:它|掉|一下|这个|我的|维修|报修|工单|订单|申请|单子|请求|服务|了|吧|这次|r ?[0-9a-z]{7}|\s)*|算了|算了吧|算了不修了|先?不修了|不用修了|不需要修了?|不需要维修了?|不想修了|不弄了|停止|退出|结束|别修了|不报修了|不用来了|已经自己修好了|自己好了)(?:谢谢)?$/
const chineseCancelAnywhere = /取消(?:我的|这个|这次|本次)?(?:维修|报修|工单|申请|单子|报修单)|不(?:用|需要|想)(?:再)?(?:维?修)了|撤销(?:我的)?(?:报修|工单)/

const reopening =
  /\b(?:still (?:broken|not|leak\w*|doesn't|does not|won't|isn't|can't|mak\w+|stop\w*|show\w*|the same|same|fail\w*|happen\w*|there|bad|noisy|dead|stuck|hot|cold|smell\w*|beep\w*|trip\w*|drip\w*|has the (?:same )?(?:problem|issue|fault))|(?:is |has )?not (?:been )?(?:fixed|repaired|solved|resolved)|(?:wasn't|isn't|hasn't been|was never|never got|never been) (?:\w+ )?(?:fixed|repaired|solved|resolved)|(?:problem|issue|fault|error|noise|leak) (?:is|has come|came|has returned|returned|is still) ?(?:back|there|again|returned|here)?|(?:broke|broken|leaking|stopped|failed|failing|happening|happened|started|dead|down|stuck)(?: \w+){0,2} again|again (?:broken|leaking|stopped|dead)|same (?:problem|issue|fault|error|thing)(?: \w+){0,3}(?: again| as before)?|came back|reopen|re-open|didn't (?:fix|help|work|last|solve)|did not (?:fix|help|work|last|solve)|no better|not any better|worse than before|back to square one)\b/
const chineseReopening =
  /还是(?:坏|不行|不好|不能|没|不|漏|响|一样|老样子|有|会|停|报错|打不开)|又(?:坏|漏|响|停|出|不|报错|开始|犯|跳闸|罢工|出现)|没有?修好(?!了?[吗么呢没])|没有?解决|没有?修复|仍然|仍旧|依然|依旧|再次(?:出现|坏|故障|发生)|同样的(?:问题|故障|毛病)|老毛病|老问题|重新打开|问题(?:还在|依旧|又来|复发|没解决)|复发|跟之前一样|和之前一样|修了还/

const reportPhrase =
  /\b(?:(?:report|register|log|book|arrange|request|schedule|order|open|make|submit|create) (?:a |an |another |new )*(?:repair|fault|service|service call|technician|engineer|ticket|repair request|service request|claim|breakdown)|(?:need|want|looking for|would like|like) (?:a |an |another |new |to get |to have )*(?:repair|service visit|technician|engineer|my .{2,40} (?:repaired|fixed)|it (?:repaired|fixed))|(?:repair|fix) (?:my|our|the|this)|needs? (?:repair|fixing|to be (?:repaired|fixed)|a repair|servicing|looking at))\b|^(?:new )?(?:repair|repairs|report|report a problem|new request|repair request)$/
const chineseReport = /(?:我?(?:想|要|需要|申请|来|能|可以|帮我|麻烦|请)\S{0,4}(?:报修|维修|修理|修一下|修|检修))|^(?:报修|维修|修理|新的?报修|新工单)$|报修/

const complaint = /\b(?:make|file|have|lodge|raise) an? (?:\w+ )?complaint\b|\b(?:want|like|need|going|wish|have) to complain\b|投诉|投訴|客诉|客訴/

export const requests: readonly Rule[] = [
  { intent: 'complain', fits: ({ folded, trouble }) => (complaint.test(folded) && (trouble !== 'fault' || /我要投诉/.test(folded)) ? 0.9 : 0) },
  ...appointments,
  { intent: 'talk_to_person', fits: asksForPerson },
  { intent: 'change_channel', fits: asksForChannel },
  {
    intent: 'cancel',
    fits: ({ bare, folded }) => {
      if (cancelAll.test(bare) || cancelPhrase.test(bare) || chineseCancel.test(bare)) return 0.94
      return cancelAnywhere.test(folded) || chineseCancelAnywhere.test(folded) ? 0.85 : 0
    },
  },
  { intent: 'ask_status', fits: asksForStatus },
  { intent: 'reopen', fits: ({ folded }) => (reopening.test(folded) || chineseReopening.test(folded) ? 0.8 : 0) },
  { intent: 'add_information', fits: additions },
  {
    intent: 'report_repair',
    fits: ({ folded, bare, trouble, entities }) => {
      if (entities.danger === true) return 0.9
      const asks = reportPhrase.test(folded) || reportPhrase.test(bare) || chineseReport.test(folded)
      if (trouble === 'fault') return entities.product !== undefined || asks ? 0.85 : 0.7
      if (asks && !/多少钱|费用|价格/.test(folded)) return 0.78
      if (entities.errorCode !== undefined) return 0.6
      // A question about prices or terms is no request, and a device alone may be one.
      const asksBack = /\?\s*$|吗\s*$|多少钱|费用|价格|保修期/.test(folded)
      if (trouble === 'wish' && !asksBack) return entities.product !== undefined ? 0.6 : 0.45
      return entities.product !== undefined && !asksBack ? 0.58 : 0
    },
  },
]
