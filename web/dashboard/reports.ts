// Reads the reports over REST, with the cookie of the login; whoever is signed in no more is led to the form and back.
import type { View } from './view.ts'

export type Row = Readonly<Record<string, string | number | null>>

export interface Report {
  name: string
  definition: string
  by: string
  rows: Row[]
}

export interface Listed {
  name: string
  definition: string
  by: readonly string[]
}

/** What a list outside of the reports holds, e.g. quality signals; undefined where this desk has no such list. */
export type Item = Readonly<Record<string, unknown>>

/** Rejects with the server's words. */
export async function readReport(name: string, by: string, view: View): Promise<Report> {
  const read = await get(pathOf(name, by, view))
  if (read === undefined) throw new Error(name)
  return { name, definition: String(read['definition']), by, rows: rowsIn(read['rows']) }
}

export async function listReports(): Promise<Listed[]> {
  const read = await get('/api/v1/reports')
  return itemsIn(read?.['data']).map((each) => ({
    name: String(each['name']),
    definition: String(each['definition']),
    by: Array.isArray(each['by']) ? each['by'].map(String) : [],
  }))
}

export async function listItems(path: string, filter: Readonly<Record<string, string>> = {}): Promise<Item[] | undefined> {
  const read = await get(`/api/v1/${path}?${new URLSearchParams({ limit: '20', ...filter })}`)
  return read === undefined ? undefined : itemsIn(read['data'])
}

/** The same address opens as a file for a spreadsheet. */
export function csvOf(name: string, by: string, view: View): string {
  return `${pathOf(name, by, view)}&format=csv`
}

function pathOf(name: string, by: string, { from, until, product }: View): string {
  const query = new URLSearchParams({ by, from, until: dayAfter(until), ...(product === null ? {} : { product }) })
  return `/api/v1/reports/${name}?${query}`
}

/** The last day is meant whole. */
function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}

/** Undefined when there is nothing at that address. */
async function get(path: string): Promise<Item | undefined> {
  const response = await fetch(path, { headers: { accept: 'application/json' } })
  if (response.status === 401) {
    location.assign(`/login?to=${encodeURIComponent(location.pathname + location.search)}`)
    return new Promise(() => {})
  }
  if (response.status === 404) return undefined
  const body: unknown = await response.json()
  const read = isItem(body) ? body : {}
  if (!response.ok) throw new Error(String(read['detail'] ?? response.status))
  return read
}

function itemsIn(list: unknown): Item[] {
  return Array.isArray(list) ? list.filter(isItem) : []
}

function rowsIn(list: unknown): Row[] {
  return itemsIn(list).map((item) =>
    Object.fromEntries(Object.entries(item).map(([key, value]) => [key, typeof value === 'number' || value === null ? value : String(value)])),
  )
}

function isItem(value: unknown): value is Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
