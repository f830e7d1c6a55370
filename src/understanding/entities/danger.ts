// Words of danger to people, and words of haste.
import { fold } from '../fold.ts'

const danger = [
  /\b(?:on fire|caught fire|catching fire|flames?|fire broke out|gas leak|leaking gas|smells? (?:of|like) gas|smell gas|gas smell|electric(?:al)? shock|electrocuted|shocked (?:me|him|her|us|my)|got (?:a )?shock|carbon monoxide|explod(?:ed|ing)|explosion|sparks?|sparking|smoking|smoke (?:is )?com(?:ing|es)|(?:lots? of|there(?:'s| is)|full of|emitting|black|white) smoke|burning smell|smells? (?:of |like )?(?:something )?burn(?:ing|t)|injured|got hurt|burned (?:my|his|her) (?:hand|arm|finger)s?)\b/,
  /着火|起火|失火|火灾|冒烟|冒火|火花|漏电|触电|电到|煤气味|燃气味|漏煤气|漏燃气|燃气泄漏|煤气泄漏|爆炸|烧焦|焦味|糊味|烧着|受伤|一氧化碳/,
]
const harmless =
  /\b(?:no|not|without|never|isn't|aren't)\s+(?:any\s+|a\s+)?(?:smoke|sparks?|sparking|smoking|flames?|fire)\b|\bno (?:smell|burning)|(?:没有|没)(?:冒烟|着火|起火|漏电|火花|焦味|糊味)|spark plugs?|smok(?:e|ing) (?:detector|alarm|area|room)|flame (?:sensor|failure)/g

export function readDanger(text: string): boolean {
  const folded = fold(text).replace(harmless, ' ')
  return danger.some((pattern) => pattern.test(folded))
}

export function readUrgent(text: string): boolean {
  return /\b(?:urgent(?:ly)?|asap|as soon as possible|emergency|right away|immediately)\b|紧急|加急|急需|十万火急|很急|着急|尽快|马上/.test(
    fold(text).replace(/\bnot urgent\b|不急|不着急/g, ' '),
  )
}
