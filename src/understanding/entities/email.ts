// Mail addresses, written or spoken.
import { fold } from '../fold.ts'
import type { Found } from './found.ts'

export function readEmail(text: string): Found | undefined {
  const folded = fold(text)
  const match = /(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/.exec(folded)
  if (match === null) return spokenEmail(folded)
  const value = match[0].replace(/\.+$/, '')
  return { value, start: match.index, end: match.index + value.length, certain: true }
}

/** "ann dot lee at example dot com", as a voice-to-text keyboard writes it. */
function spokenEmail(folded: string): Found | undefined {
  const match = /\b(?:[a-z0-9_-]+ (?:dot|underscore) ){0,3}[a-z0-9_.-]+ at (?:[a-z0-9-]+ dot ){1,3}(?:com|org|net|de|uk|cn|io|eu|co|tw|hk|edu|fr)\b/.exec(
    folded,
  )
  if (match === null) return undefined
  const value = match[0]
    .replace(/ at /, '@')
    .replace(/ dot /g, '.')
    .replace(/ underscore /g, '_')
  return /^[\w.+-]+@[\w.-]+$/.test(value) ? { value, start: match.index, end: match.index + match[0].length, certain: false } : undefined
}
