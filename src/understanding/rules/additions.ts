// Something more on a repair that is known already: a photo, a number, a changed date, a turn for the worse.
import type { Clues } from '../clues.ts'

const said =
  /^\W*(?:also|and also|additionally|in addition|plus|furthermore|one more thing|another thing|ps|p\.s|update|ps\.|btw|by the way|correction|just to add|to add|for your information|fyi|as requested|as you asked|as discussed|以下是|补充|另外|还有|对了|顺便|更正|更新)(?![\p{L}])/u
const anywhere =
  /\b(?:forgot to (?:mention|say|add|tell|include|attach)|should (?:have )?mention(?:ed)?|(?:here|these|this) (?:is|are|'s)? ?(?:the|my|some|a|another|more)? ?(?:requested |missing )?(?:photos?|pictures?|pics?|images?|video|invoice|receipt|serial|label|documents?|information|info|details)|(?:attached|attaching|enclosed|please find|see attach\w*)\b|(?:sending|sent)\b.{0,30}\b(?:photos?|pictures?|pics?|images?|video|invoice|receipt|documents?|file)\b|additional (?:info|information|details?)|more (?:info|information|details?)|getting worse|got worse|even worse|it(?:'s| is)? now also|now it(?:'s)? also|it also|my (?:new|correct|right|other) (?:address|phone|number|email|phone number)|(?:new|changed) (?:address|phone number)|(?:address|phone number|number|serial number|phone|email) (?:has changed|changed|is actually|should be)|(?:the )?(?:key|gate code|door code|parking|doorbell|buzzer|entrance) (?:is|code|under|at)|the (?:dog|cat)|regarding (?:my|the|our) (?:ticket|repair|request)|(?:about|re|concerning) (?:my )?(?:ticket|repair|request) r ?-)\b/
const chinese =
  /忘了说|忘记说|忘了提|补充一下|补充说明|补充|附上|附件|(?:这|以下|下面)是.{0,6}(?:照片|图片|发票|视频|序列号|资料|信息)|照片(?:发|在|如下|见)|(?:发|传|给)(?:你|您|你们)?.{0,4}(?:照片|图片|视频|发票)(?:了|过去|来)?|更严重|越来越(?:严重|响|厉害)|改(?:一下|个)?.{0,4}(?:地址|电话)|(?:地址|电话|号码|联系方式)(?:变|换|改|更新)了|门禁|停车|关于(?:我的)?(?:工单|维修|报修|单子)/

export function additions({ folded, bare, trouble, entities, length }: Clues): number {
  if (
    /\b(?:another|a second|a different|different|new) (?:\w+ )?(?:device|machine|repair|unit|appliance|request|one)\b|(?:另一台|另外一台|第二台|还有一台|新的报修|别的机器)/.test(
      folded,
    )
  )
    return 0
  const facts = [entities.serial, entities.address, entities.phone, entities.email, entities.preferredTime, entities.contactName].filter(
    (fact) => fact !== undefined,
  )
  // Nothing but a time, an address, a number: an answer, or news.
  if (facts.some((fact) => bare.length - fact.length <= (/\p{Script=Han}/u.test(bare) ? 3 : 8)) && !/\?|吗|改|换|取消/.test(folded)) return 0.9
  const explicit = said.test(folded) || anywhere.test(folded) || chinese.test(folded)
  if (explicit) return trouble === 'fault' ? (entities.product === undefined ? 0.75 : 0.6) : 0.82
  if (trouble !== undefined) return entities.ticketNumbers.length > 0 ? 0.72 : 0
  if (facts.length > 0) return entities.product === undefined ? 0.55 : 0
  return entities.ticketNumbers.length > 0 && length > 4 ? 0.6 : 0
}
