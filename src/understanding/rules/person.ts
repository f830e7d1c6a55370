// "A person, please": but not "the service person was late".
import type { Clues } from '../clues.ts'

const alone =
  /^(?:(?:a|an|the|some|real|live|actual|human)\s+)*(?:person|human|human being|agent|operator|representative|rep|someone|somebody|staff|staff member|employee|advisor|adviser|supervisor|manager|customer (?:service|support|care)|support|live chat|live agent|real person)(?: (?:now|here|thanks?))?$/
const wanted =
  /\b(?:talk|speak|chat|connect(?: me)?|transfer(?: me)?|put me (?:through|in touch)|get me|give me|pass me|hand me over|hand me|want|need|like|prefer|have|let me (?:talk|speak)|reach|contact|escalate)\s+(?:\w+\s+){0,3}?(?:(?:real|live|actual|human|another)\s+)?(?:person|human|human being|agent|operator|representative|rep\b|someone|somebody|staff|employee|advisor|adviser|supervisor|manager|colleague|customer (?:service|support|care))\b/
const reality =
  /\b(?:real|live|actual) (?:person|human|agent|people)\b|\bhuman (?:being|agent|help|support)\b|\bno (?:more )?(?:bots?|robots?)\b|\bnot (?:a|with a|to a) (?:bot|robot|machine)\b|\b(?:call|ring|phone) me(?: back)?(?: please)?$|\bcall ?back\b|\bis (?:there )?(?:a|any) (?:human|real person)\b|\bspeak to (?:a )?(?:human|person|manager)\b/
const noPerson =
  /\b(?:someone|somebody|a (?:technician|person)) (?:came|called|was|told|said|from|who)\b|\b(?:need|want|like|have) (?:someone|somebody|a person) (?:to|who) (?:fix|repair|look|come|check|visit|have a look|service)\b|\bhave (?:someone|somebody) (?:come|look|fix|check|repair|visit|call)\b/
/** "I want somebody to inspect it", "need someone asap": somebody who comes. */
const comes =
  /\b(?:need|want|have|get|like|prefer) (?:someone|somebody|anyone|a person|staff)\b(?! (?:to (?:talk|speak|chat|call|phone|ring|contact|explain|answer|discuss)|who (?:can )?(?:talk|speak|help|understands?|knows)|real|human|i can|on the|else|now|please))(?= \w)/
const chinese =
  /转人工|人工(?:客服|服务|坐席)?|真人|找(?:个|一?位)?(?:人|客服|经理|领导|负责人)|(?:要|想|我要|想要|需要|请|帮我)?(?:联系(?!人)|转接?|接|叫|找|跟|和|与)(?:一?下|一?个|一?位)?(?:你们的?)?(?:客服|人|工作人员|真人|经理|主管|负责人)(?:聊|说|谈|沟通|讲|说话|通话)?|不要机器人|不想跟机器人|客服(?:电话|在吗|人员)?$|^客服$|给我(?:回个?)?电话$|回电/

export function asksForPerson({ bare, folded, trouble, length }: Clues): number {
  if (alone.test(bare) || /^(?:人工|真人|客服|人工服务|人工客服|转人工)$/.test(bare)) return 0.97
  if (noPerson.test(folded) || comes.test(folded) || /\bare you\b|你是/.test(folded)) return 0
  if (trouble === 'fault' && length > 8) return wanted.test(folded) || chinese.test(folded) ? 0.6 : 0
  return wanted.test(folded) || reality.test(bare) || /转人工|人工客服|真人/.test(folded) ? 0.92 : chinese.test(bare) ? 0.9 : 0
}
