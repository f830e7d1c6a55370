// Which language a text is written in, of those Mendline speaks: by script, then by common words.
import type { Language } from '../message.ts'

const commonEnglish = new Set(
  `a about after again all also always am an and any are as at back be because been before broken but by call can cannot can't come could did do does doesn't don't for from get go good had has have
  he hello help her here hi hey how i i'm if in into is isn't it it's its just know last later like make me monday more morning my need new no not now of off on one only or our out over person please
  problem repair same she should skip so some sorry still stop stops thank thanks that the their them then there they thing this thursday time to today tomorrow too turn two up us very want was water we we're were what when where
  which who why will with won't work working works would yes you your afternoon noise machine fix fixed status news where's cancel`.split(/\s+/),
)

/** Undefined for a number, a bare code, a name, or a language that is not spoken here. */
export function detectLanguage(text: string): Language | undefined {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0
  const kanaOrHangul = text.match(/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu)?.length ?? 0
  const words =
    text
      .toLowerCase()
      .replaceAll('’', "'")
      .match(/[a-z][a-z']+|\bi\b/g) ?? []
  if (kanaOrHangul > han / 4 && kanaOrHangul > 0) return undefined
  if (han > 0 && han * 2 >= words.length) return 'zh'
  const common = words.filter((word) => commonEnglish.has(word)).length
  const codes = words.length <= 2 && common === 0
  if (words.length === 0 || codes || isNeutral(text)) return undefined
  return common / words.length >= 0.3 ? 'en' : undefined
}

const otherScripts =
  /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Thai}\p{Script=Devanagari}\p{Script=Greek}]/gu
/** Common words of languages in Latin script that are no common English words. */
const commonElsewhere = new Set(
  `der die das ein eine einen kein keine nicht ist sind und ich wir mein meine unser unsere mit auf seit funktioniert geht bitte danke guten tag hallo kaputt le la les un une des du de mon ma mes notre nos est sont ne pas plus avec depuis pour
  bonjour merci je nous ça c'est el los las una que está esta no mi mis nuestro su por para con hola gracias buenos buenas días desde il lo gli che non è sono mio mia nostro nostra del della di da ciao grazie buongiorno funziona o os um uma não
  está meu minha nosso nossa do da em com obrigado olá parou het een niet mijn onze geen van met sinds werkt graag dank nie jest mój moja moje działa się na dzień dobry tak ve bir bu benim değil çalışmıyor merhaba jag är inte min vår en ett på och fungerar
  tidak saya mesin rusak không của tôi máy`.split(/\s+/),
)

/** Written in a language that is not spoken here, as far as can be told from a few words. */
export function isForeign(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  if ((text.match(otherScripts)?.length ?? 0) > letters / 5) return true
  const words =
    text
      .toLowerCase()
      .replaceAll('’', "'")
      .match(/[\p{Script=Latin}']+/gu) ?? []
  if (/\p{Script=Han}/u.test(text) || words.length < 3) return false
  const elsewhere = words.filter((word) => commonElsewhere.has(word)).length
  const here = words.filter((word) => commonEnglish.has(word) && !commonElsewhere.has(word)).length
  return elsewhere / words.length >= 0.2 && elsewhere > here
}

/** Words that people of every language type. */
function isNeutral(text: string): boolean {
  return /^\W*(?:ok|okay|okey|yes|no|hi|hello|bye|thanks|thx|y|n)\W*$/i.test(text)
}
