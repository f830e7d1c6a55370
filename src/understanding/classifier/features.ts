// What the classifier looks at: words, pairs of words, pieces of words, and which rules fit; each hashed into a numbered box.
import { bare, fold } from '../fold.ts'
import type { Intent } from '../understanding.ts'
import { ideasOf } from './concepts.ts'

export const boxes = 1 << 13

export interface Hints {
  /** Values as words, so that every address is the same address: from `maskValues`. */
  masked: string
  /** How sure each rule is that fits at all. */
  rules: readonly { intent: Intent; confidence: number }[]
  trouble: 'fault' | 'wish' | undefined
}

/** Boxes and how much each counts; the squares add up to 1. A box may come twice. */
export interface Features {
  boxes: Uint16Array
  values: Float32Array
}

/** Longer texts say what they want at their beginning and at their end. */
const mostWords = 80

export function featuresOf({ masked, rules, trouble }: Hints): Features {
  const found = new Map<number, number>()
  const add = (name: string, value: number): void => {
    const box = hash(name) & (boxes - 1)
    found.set(box, Math.max(found.get(box) ?? 0, value))
  }
  const words = wordsOf(masked)
  const padded = ['^', ...words, '$']
  for (const [index, word] of padded.entries()) {
    if (index > 0 && index < padded.length - 1) add(`w ${word}`, 1)
    const next = padded[index + 1]
    if (next !== undefined) add(`b ${word} ${next}`, 0.9)
    const after = padded[index + 2]
    if (next !== undefined && after !== undefined && isHan(word + next + after)) add(`t ${word}${next}${after}`, 0.9)
    if (/^[a-z']{4,}$/.test(word)) for (const piece of piecesOf(`<${word}>`)) add(`p ${piece}`, 0.35)
  }
  for (const { intent, confidence } of rules) add(`r ${intent} ${confidence >= 0.85 ? 'sure' : confidence >= 0.6 ? 'likely' : 'maybe'}`, 1.5)
  const ideas = ideasOf(fold(masked))
  for (const [index, idea] of ideas.entries()) {
    add(`c ${idea}`, 1.6)
    for (const other of ideas.slice(index + 1)) add(`d ${idea} ${other}`, 0.7)
  }
  add(`f ${trouble ?? 'none'}`, 0.8)
  if (/[?？]|吗|嗎/.test(masked)) add('?', 0.8)
  add(`l ${lengthClass(words.length)}`, 0.4)
  const length = Math.hypot(...found.values())
  return { boxes: Uint16Array.from(found.keys()), values: Float32Array.from(found.values(), (value) => value / length) }
}

function wordsOf(masked: string): string[] {
  const words = bare(masked).match(/\p{Script=Han}|[a-z0-9']+|[^\s\p{Script=Han}a-z0-9']+/gu) ?? []
  return words.length <= mostWords ? words : [...words.slice(0, mostWords / 2), ...words.slice(-mostWords / 2)]
}

function isHan(text: string): boolean {
  return /^\p{Script=Han}+$/u.test(text)
}

function piecesOf(word: string): string[] {
  const pieces: string[] = []
  for (const size of [3, 4]) for (let start = 0; start + size <= word.length; start++) pieces.push(word.slice(start, start + size))
  return pieces
}

function lengthClass(words: number): string {
  return words <= 1 ? '1' : words <= 3 ? '3' : words <= 8 ? '8' : words <= 20 ? '20' : 'long'
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  return (value ^ (value >>> 15)) >>> 0
}
