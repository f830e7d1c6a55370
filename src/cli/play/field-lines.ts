// What is known of a repair, a line for each thing: files are counted, stretches of time written as ISO 8601 intervals.
import type { RepairFields } from '../../tickets/index.ts'

export function fieldLines({ answers = {}, photos, preferredWindows = [], ...words }: RepairFields): { name: string; value: string }[] {
  const [first, ...others] = preferredWindows.map(({ from, until }) => `${from}/${until}`)
  return [
    ...Object.entries(words).map(([name, value]) => ({ name, value: value.replace(/\s*\n\s*/g, ' / ') })),
    ...(first === undefined ? [] : [{ name: 'preferredWindows', value: others.length === 0 ? first : `${first} and ${others.length} more` }]),
    ...(photos === undefined ? [] : [{ name: 'photos', value: `${photos.length} file${photos.length === 1 ? '' : 's'}` }]),
    ...Object.entries(answers).map(([id, { text }]) => ({ name: id, value: text })),
  ]
}
