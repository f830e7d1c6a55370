// An amount in an answer: digits or words, in English and Chinese, in the wanted unit or one that can be turned into it.
import { fold } from '../fold.ts'
import { measureOf, unitAfter, type Measure } from './units.ts'

interface Amount {
  value: number
  /** Undefined where none is told, or none that is known. */
  measure: Measure | undefined
  /** The wanted unit, in the company's own words. */
  isWanted: boolean
}

/** Undefined when there is no number, more than one that it could be, or one in a unit of something else. `unit`: the words for the wanted one. */
export function readAmount(text: string, unit: readonly string[]): number | undefined {
  const names = unit.map(fold)
  const wanted = names.map(measureOf).find((measure) => measure !== undefined)
  const amounts = amountsIn(fold(text), names)
  const fitting = amounts.filter(({ measure, isWanted }) => isWanted || measure === undefined || (wanted !== undefined && measure.of === wanted.of))
  const told = fitting.filter(({ measure, isWanted }) => isWanted || (measure !== undefined && names.length > 0))
  const [first, ...others] = told.length > 0 ? told : fitting
  // "Two or three hours" is no one number.
  if (first === undefined || (told.length > 0 && fitting.length > told.length)) return undefined
  // "Two years and three months" is one amount in two units.
  if (others.some(({ measure }) => measure === undefined || measure === first.measure)) return undefined
  return rounded([first, ...others].reduce((sum, amount) => sum + inUnit(amount, wanted), 0))
}

function inUnit({ value, measure, isWanted }: Amount, wanted: Measure | undefined): number {
  return isWanted || measure === undefined || wanted === undefined ? value : (value * measure.size) / wanted.size
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}

const ones = 'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ')
const tens = '_ _ twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
const word = [...ones, ...tens.slice(2)].join('|')
const small = `(?:${word})(?:[ -](?:${word}))?`
const hundreds = `(?:(?:an?|${small}) )?hundred(?: (?:and )?${small})?`
/** "twelve thousand four hundred and fifty" is one number. */
const thousands = `(?:(?:${hundreds}|an?|${small}) )?thousand(?:,? (?:and )?(?:${hundreds}|${small}))?`
const pattern = new RegExp(
  String.raw`(?<![\p{L}\d.,]|\p{L}-)([-−]?\d[\d.,]*)\s*(k\b|thousand|million|万|千|百)?|\b(half(?: an?\b)?|${thousands}|${hundreds}|${small})\b|([零一二两三四五六七八九十百千万]+|半(?=个|小时|年|天))`,
  'giu',
)

function amountsIn(text: string, wanted: readonly string[]): Amount[] {
  return [...text.matchAll(pattern)].flatMap((match): Amount[] => {
    const [whole, digits, scale, spoken, han] = match
    const value = digits !== undefined ? readDigits(digits) * (scales.get(scale ?? '') ?? 1) : spoken !== undefined ? readSpoken(spoken) : readHan(han ?? '')
    const rest = text.slice(match.index + whole.length)
    const isWanted = wanted.some((name) => rest.trimStart().replace(/^个/, '').startsWith(name))
    return Number.isFinite(value) ? [{ value, measure: unitAfter(rest), isWanted }] : []
  })
}

const scales = new Map([
  ['k', 1000],
  ['thousand', 1000],
  ['million', 1_000_000],
  ['百', 100],
  ['千', 1000],
  ['万', 10_000],
])

/** "1,200", "12.5", "12,5", "1.200,50". */
function readDigits(text: string): number {
  const plain = text.replace('−', '-').replace(/[.,]+$/, '')
  if (/^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(plain)) return Number(plain.replaceAll(',', ''))
  if (/^-?\d{1,3}(?:\.\d{3})+,\d+$|^-?\d{1,3}(?:\.\d{3}){2,}$/.test(plain)) return Number(plain.replaceAll('.', '').replace(',', '.'))
  return Number(plain.replace(',', '.'))
}

function readSpoken(text: string): number {
  if (text.startsWith('half')) return 0.5
  let sum = 0
  let section = 0
  for (const part of text.split(/[ ,-]+/)) {
    if (part === 'hundred') section = (section === 0 ? 1 : section) * 100
    else if (part === 'thousand') {
      sum = (section === 0 ? 1 : section) * 1000
      section = 0
    } else section += Math.max(0, ones.indexOf(part)) + Math.max(0, tens.indexOf(part)) * 10
  }
  return sum + section
}

/** 三百五十 is 350, 两万 20,000. */
function readHan(text: string): number {
  if (text === '半') return 0.5
  let sum = 0
  let section = 0
  let digit = 0
  for (const character of text.replaceAll('两', '二')) {
    const at = '零一二三四五六七八九'.indexOf(character)
    if (at >= 0) digit = at
    else if (character === '万') {
      sum = (sum + section + digit) * 10_000
      section = 0
      digit = 0
    } else {
      section += (digit === 0 ? 1 : digit) * (character === '十' ? 10 : character === '百' ? 100 : 1000)
      digit = 0
    }
  }
  return sum + section + digit
}
