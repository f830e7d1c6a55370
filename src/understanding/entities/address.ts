// Where the thing stands: an announced address, or words in the shape of one.
import { fold } from '../fold.ts'
import type { Span } from '../span.ts'
import { found, type Found } from './found.ts'

const streets =
  'street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|place|pl|square|sq|terrace|way|close|crescent|parkway|pkwy|highway|hwy|row|gardens|grove|hill|mews|circle|cir|quay|alley|plaza|walk|park|view|heights|green|mount|meadows?|parade|esplanade|wharf|vale|villas|manor|cottages|link|rise|mall|embankment'
/** What follows a comma and is no part of an address. */
const notPlaces =
  '(?:(?:(?:next|this|on|any|every|from|before|after|between|around|until|best|preferably|ideally|or|and|early|late) )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|mornings?|afternoons?|evenings?|weekdays?|weekends?|week|noon|tomorrow|today|tonight|time|\\d{1,2}(?: ?[ap]m| o))|call|phone|tel|mobile|my|our|the|it|its|we|i|and|but|please|serial|sn|s/n|contact|reach|email|mail|name|available|free|best|thanks|thank|regards|best|preferably|any|anytime|whenever|asap|after|before|error|since|because|which|that|this|there|you|can|could|would|is|model|product)'
/** `12 Elm St, Apt 4, Springfield IL 62704`: number, one to four words, a word for a street, and what follows after commas. */
const shaped = new RegExp(
  String.raw`(?<![\w-])(?:(?:flat|apt|unit|suite|room|blk|block|level|shop) [\w-]+,? )?(?:blk |block )?\d{1,5}[a-z]?(?:[-/]\d+[a-z]?)?,?\s+(?!(?:seconds?|minutes?|mins?|hours?|days?|weeks?|months?|years?|times?|of|or|to|and|percent|degrees?|am|pm|people|more|out|on|in|at|my|by|and|with|for|is|it|feet|metres?|meters?|inches|km|miles|volts?|amps?|watts?|bar|psi|cars?|kids?|guests?)\b)(?![^\n]{0,16}\b(?:by the|(?:on|in) (?:my|the|its|his|her|your)|half|any|no|either) way\b)(?:(?:[\p{L}][\p{L}\p{N}.'-]*|\d{1,3}(?:st|nd|rd|th))\s+){1,4}?(?:${streets})\b\.?(?: +(?:n|s|e|w|ne|nw|se|sw|\d{1,3}(?!\d|:|\s?[ap]m|\s*(?:and|to|or|times|days?|weeks?|o'clock)))\b)?(?:,?\s*#\d{1,3}-\d{1,4})?(?:,?\s*(?:apt|apartment|unit|suite|ste|flat|floor|fl|room|#)\.?\s*#?[\w-]+)?(?:,\s*(?!${notPlaces}\b)(?:\d+(?:st|nd|rd|th) floor|[\p{L}][\p{L}.'-]*(?: (?!call\b|phone\b|my\b|and\b|please\b|on\b|at\b)[\p{L}\p{N}.'-]+){0,3})(?=[,.;\n!]|$)(?!\s*(?:[ap]m)\b))*`,
  'u',
)
/** `Gartenstraße 12, 10115 Berlin`, `Rue de Rivoli 5`: the number behind the street. */
const continental =
  /(?<![\p{L}\p{N}])(?:\p{L}[\p{L}.'-]*(?:straße|strasse|str\.|weg|platz|allee|gasse|damm|ufer)|(?:rue|via|calle|avenida|piazza|plaza) (?:\p{L}+ ){1,3}?\p{L}+,?)\s*\d{1,4}[a-z]?(?:,\s*\d{4,6} \p{L}[\p{L}.-]*(?: \p{L}[\p{L}.-]*)?)?/u
const announced =
  /(?:\b(?:(?:my|our|the|site|home|street|service|new)\s+)*address\s*(?:is|=|:|are|would be)\s*(?:now\s+)?|\b(?:we're|we are|i'm|i am|it's|it is|located|based|i live|we live|come to|visit us|visit me|installed)\s+(?:located\s+)?(?:at|in)\s+(?=\d))/g
const untilClause =
  /^[^\n;!?]*?(?=\s*(?:$|[\n;!?]|\.(?:\s|$)|,?\s+(?:call|phone|tel|mobile|my (?:phone|number|name|email|serial)|our (?:phone|number)|contact|reach|please|and (?:my|the|our|i|we|you)|best|preferably|ideally|available|free|any ?time|week-?(?:days?|ends?)|mornings?|evenings?|afternoons?|after|before|sn|serial|thanks|thank you)\b|,\s*(?:\+?\d[\d ()-]{6,}|(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|any ?time|i |we |the |my |it )))/

const chineseAnnounced =
  /(?:(?:我家|公司|家庭|详细|上门|维修|服务|新|联系|收货)?(?:的)?(?:地址|住址|位置|地点)\s*(?:是|为|在|:|改成|改为|更正|变更|应该|不是[^,，。]{1,12}[,，]\s*(?:而|应该)?是)*\s*|(?:我们|我|人|家)?(?:住在|位于|家在|公司在|我们在|我在)\s*(?=[\u4e00-\u9fff]{2,}))/g
const chineseShaped =
  /(?:[\u4e00-\u9fff]{2,8}?(?:省|自治区))?(?:(?:(?![市区县镇乡])[\u4e00-\u9fff]){1,8}(?:市|区|县|镇|乡)){0,5}[\u4e00-\u9fff\d]{1,12}?(?:路|街|大道|道|巷|弄|胡同|村|小区|花园|大厦|广场|苑|里)\s*(?:[一二三四五六七八九十\d]段)?\s*(?:[\d一二三四五六七八九十百零]{1,6}(?:[-–]\d{1,5})?\s*(?:号|弄|栋|幢|座|单元|室|楼|层|巷|支弄)\s*(?:院|楼)?){1,4}(?:[\u4e00-\u9fff\d-]{0,12}?(?:室|楼|层|单元|号|栋|座|户)){0,2}/

export function readAddress(text: string): Found | undefined {
  const folded = fold(text)
  const span =
    announcedEnglish(text, folded) ??
    announcedChinese(text, folded) ??
    matched(text, folded, shaped) ??
    matched(text, folded, continental) ??
    matched(text, folded, chineseShaped)
  return span === undefined ? undefined : found(text, span)
}

function announcedEnglish(text: string, folded: string): Span | undefined {
  for (const match of folded.matchAll(announced)) {
    const start = match.index + match[0].length
    const rest = folded.slice(start)
    const shapedHere = shaped.exec(rest)
    const length = shapedHere?.index === 0 ? shapedHere[0].length : (untilClause.exec(rest)?.[0].length ?? 0)
    const span = tidySpan(text, start, length)
    const place = folded.slice(span.start, span.end)
    if (place.length >= 5 && !/@/.test(place) && !/^(?:wrong|correct|right|the same|not|below|as follows)\b/.test(place)) return span
  }
  return undefined
}

function announcedChinese(text: string, folded: string): Span | undefined {
  for (const match of folded.matchAll(chineseAnnounced)) {
    const start = match.index + match[0].length
    const span = tidySpan(
      text,
      start,
      /^(?:[^,，。;；、!！?？\n]*?[号室楼层栋座元\d](?=\s+\p{Script=Han})|[^,，。;；、!！?？\n]*)/u.exec(folded.slice(start))?.[0].length ?? 0,
    )
    const place = folded.slice(span.start, span.end)
    if (place.length >= 4 && /\d|[路街道号楼室村镇区市县苑巷弄]/.test(place) && !/^(?:不|错|有误|没)/.test(place)) return span
  }
  return undefined
}

function matched(text: string, folded: string, pattern: RegExp): Span | undefined {
  const match = pattern.exec(folded)
  if (match === null) return undefined
  const leading = /^请?(?:到|来|在|去|送到|上门到)/.exec(match[0])?.[0].length ?? 0
  return tidySpan(text, match.index + leading, match[0].length - leading)
}

/** Without space and punctuation at the ends. */
function tidySpan(text: string, start: number, length: number): Span {
  const written = text.slice(start, start + length)
  const lead = written.length - written.trimStart().length
  return { start: start + lead, end: start + written.replace(/[\s,，.;；]+$/, '').length }
}
