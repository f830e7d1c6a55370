// "Where is my repair?": but not "the status light blinks".
import type { Clues } from '../clues.ts'

const english =
  /\b(?:where(?:'s| is| are) (?:my|our|the) (?:\w+ ){0,3}?(?:repair|ticket|request|order|machine|device|technician|engineer|case|[\w-]+)(?: now| today)?\b(?! (?:serial|label|number|button))|(?:what(?:'s| is) (?:the |going on|happening|up)(?: with)?|whats the) ?(?:current )?(?:status|state|progress|my|our|the|situation)|(?:status|state|progress) (?:of|on|for) (?:my|our|the|this|r ?-)|(?:repair|ticket|request|order|case) status|status update|(?:check|know|see|track|get|have|give me|tell me|request) (?:on |about |the |a |an |my |me )*(?:status|progress|update|updates|repair status|state)|(?:any|some) (?:news|updates?|progress|word)|(?:an?|for an) update (?:on|please|about)|any(?:thing)? new (?:on|about|with)|how (?:is|are|'s) (?:my|our|the) (?:\w+ ){0,3}?(?:repair|ticket|request|going|coming along|progressing|doing)|how(?:'s| is) it (?:going|coming along) with|how far (?:are you|along|is)|how (?:much longer|long)(?: will| does| is| until| before| do)|when (?:(?:somebody|someone|anyone|you|they|he|she|it|i|we|(?:the|my|our|your) \w+) )?(?:will|can|is|are|does|do|should|could|i|we|you) .{0,40}(?:ready|done|fixed|repaired|finished|back|come|coming|arrive|arriving|be here|completed|visit|back|get (?:it|my|our))|is (?:my|our|the|it) (?:\w+ ){0,3}?(?:ready|done|fixed|repaired|finished|completed)(?: yet| now| already)?|(?:has|have) (?:my|our|the|you|it|anyone|anybody|someone) (?:\w+ ){0,4}?(?:been )?(?:fixed|repaired|finished|done|started|looked|shipped|assigned|processed|received)|did you (?:get|receive|fix|repair|finish)|still waiting|haven't heard|have not heard|heard nothing|(?:never|didn't|did not|hasn't|has not) (?:show(?:ed)? up|come|came|turn(?:ed)? up|arrived?)|anyone going to (?:answer|come|call|reply)|no(?:body| one) (?:has )?(?:called|come|came|contacted|replied|answered)|what about my|follow(?:ing)?[ -]?up on|checking in on|checking on|track (?:my|the|a)|where are you with|where do (?:we|things) stand)\b/
const alone =
  /^(?:status|my status|repair status|update|updates|news|progress|any news|any update|where is it|where's it|is it ready|is it done|is it ready yet|is it fixed|how long|still nothing|nothing yet|how much longer|track|my repair|my ticket|my tickets|my repairs|when)$/
const device = /\b(?:status|power|error|warning|led) (?:light|led|lamp|indicator|display|bar|code)\b/
const chinese =
  /进度|看看?(?:我的)?(?:单子|工单|订单)|几点(?:来|到|上门)|约的(?:几点|什么时候|哪天|时间)|怎么(?:还)?没(?:来|到|人)|进展|状态(?!灯|指示)|(?:修|弄|处理|完成|搞|做)好了?(?:吗|没有?|了没|么)|好了(?:吗|没有?|么)|修完了?(?:吗|没)|什么时候(?:能|可以|会|才|来|到|修|好|上门|取|拿|给)|几时(?:能|可以|来|修)|何时(?:能|可以|来|修|上门)|多久(?:能|可以|才|会|修|到|上门|来)|还要多久|要多久|到哪(?:了|里|一步|儿)|怎么样了|怎样了|怎么还没|为什么还没|还没(?:来|修|到|消息|动静|人|好)|有消息(?:吗|了吗|没)|有(?:什么)?(?:新)?(?:消息|结果|更新|进展)(?:吗|了吗|没|么)?|查(?:一?下|询|看)?(?:我的|一下)?(?:报修|维修|工单|单子|订单|进度|状态|r ?-)|我的(?:维修|报修|工单|单子|订单|机器)(?:呢|在哪|怎么|到哪)|催(?:一下|单|促)|一直没(?:人|消息|来)|没人(?:联系|来|理)|查询|跟进/

export function asksForStatus({ bare, folded, length, trouble, entities }: Clues): number {
  if (alone.test(bare)) return 0.95
  // Nothing but the number.
  if (entities.ticketNumbers.length > 0 && /^r ?-? ?[0-9a-z]{7}$/.test(bare)) return 0.9
  if (!english.test(folded) && !chinese.test(folded)) return 0
  if (device.test(folded) && !/\b(?:my|the|our) (?:repair|ticket|request)\b/.test(folded)) return 0
  // A fault told in full with "when can you come" at its end is a report; "still waiting, it leaks" with a number is a question.
  return trouble === 'fault' && entities.ticketNumbers.length === 0 && (length > 12 || entities.product !== undefined) ? 0.65 : 0.88
}
