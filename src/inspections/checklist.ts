// The checklist of an inspection: what is looked at, what may come of it, and what a value says. Pure.

export interface ChecklistItem {
  /** Unique in its list. */
  id: string
  text: string
  /** A value is wanted; outside its limits the item has failed. */
  value: { unit: string | null; min: number | null; max: number | null } | null
  /** A photo is asked for. */
  photo: boolean
}

export const itemResults = ['ok', 'failed', 'skipped'] as const
export type ItemResult = (typeof itemResults)[number]

/** What was found; a later word on the same item takes the place of an earlier one. */
export interface Check {
  item: string
  result: ItemResult
  value: number | null
  note: string | null
  /** Files. */
  photos: readonly string[]
}

export function resultOf({ value: limits }: ChecklistItem, value: number): ItemResult {
  if (limits === null) return 'ok'
  return (limits.min !== null && value < limits.min) || (limits.max !== null && value > limits.max) ? 'failed' : 'ok'
}

/** With one more; photos stay with their item. */
export function withCheck(checks: readonly Check[], check: Check): Check[] {
  const before = checks.find(({ item }) => item === check.item)
  const joined = before === undefined ? check : { ...check, photos: [...new Set([...before.photos, ...check.photos])] }
  return before === undefined ? [...checks, joined] : checks.map((each) => (each.item === check.item ? joined : each))
}

/** The lists of two plans that are done in one visit: what both name alike is looked at once. */
export function joinLists(one: readonly ChecklistItem[], other: readonly ChecklistItem[]): ChecklistItem[] {
  const joined = [...one]
  for (const item of other) {
    if (joined.some(({ text }) => text.toLowerCase() === item.text.toLowerCase())) continue
    joined.push(joined.some(({ id }) => id === item.id) ? { ...item, id: freeId(joined, item.id) } : item)
  }
  return joined
}

function freeId(items: readonly ChecklistItem[], id: string): string {
  let number = 2
  while (items.some((item) => item.id === `${id}-${number}`)) number++
  return `${id}-${number}`
}

/** An item in a line: "Brake pads: failed, 2.1 mm, worn on the left". */
export function checkLine(item: ChecklistItem, check: Check | undefined): string {
  if (check === undefined) return `${item.text}: not looked at`
  const value = check.value === null ? null : [String(check.value), item.value?.unit].filter(Boolean).join(' ')
  return `${item.text}: ${[check.result, value, check.note].filter((part) => part !== null).join(', ')}`
}
