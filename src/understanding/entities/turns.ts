// Turns of speech that say how a message relates to what was said before: about another device, or putting something right.
import { fold } from '../fold.ts'

const another =
  /\b(?:another|a second|(?:my|our) (?:second|other)|a different|a new) (?:\w+ ){0,2}?(?:device|machine|repair|unit|appliance|request|ticket|problem with (?:my|our|a)|(?:washing|coffee) machine|washer|dryer|fridge|freezer|dishwasher|oven|treadmill|bike|laptop|printer|tv)\b|\bnew (?:repair|request|ticket|problem with)\b|\bsomething else (?:is )?(?:broke|broken|needs)\b|\b(?:also|as well) (?:need|have|want) (?:a repair|to report)|另(?:外)?一台|第二台|还有一台|别的(?:机器|设备)|新的?(?:报修|工单|维修)|再报(?:修|一)|另(?:外)?(?:还)?要?报修|另一个(?:设备|机器|问题)/
const correction =
  /\b(?:actually|correction|i meant|i mean|rather|instead|except|should be|not the|sorry,? (?:it|the|my)|wrong|incorrect|changed?|change it to|update (?:it|the|my)|new (?:address|phone|number|email))\b|^\s*(?:no|nope)\b[,，. ](?! ?(?:problem|worries|rush|hurry|idea|need|one|news))|不是.+(?:是|,)|应该是|应为|更正|改成|改为|换成|写错|说错|错了|不对|其实|纠正|修改/

export function readAnother(text: string): boolean {
  return another.test(fold(text))
}

export function readCorrection(text: string): boolean {
  return correction.test(fold(text))
}
