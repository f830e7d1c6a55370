// What the dashboard says, in the languages it speaks. Names of products, people and failures are the company's own.
import { en } from './english.ts'
import { zh } from './chinese.ts'

export interface Texts {
  title: string
  lead: string
  skip: string
  period: string
  months: (count: number) => string
  from: string
  until: string
  product: string
  allProducts: string
  language: string
  signOut: string
  loading: string
  nothing: string
  nothingNoticed: string
  samples: string
  earlier: (count: number) => string
  failed: (why: string) => string
  groupBy: string
  table: string
  asTable: string
  csv: string
  counted: string
  interval: string
  others: (count: number) => string
  /** `n`: of so many. */
  of: (n: string) => string
  range: (low: string, high: string) => string
  cumulative: string
  groups: Readonly<Record<string, string>>
  channels: Readonly<Record<string, string>>
  kinds: Readonly<Record<string, string>>
  states: Readonly<Record<string, string>>
  tiles: Readonly<Record<'csat' | 'firstTimeFix' | 'resolve' | 'sla' | 'untouched' | 'repairs', string>>
  cards: Readonly<Record<string, { title: string; about: string }>>
  columns: Readonly<Record<string, string>>
  lists: Readonly<Record<'signals' | 'opportunities', { title: string; about: string }>>
}

export const texts: Readonly<Record<'en' | 'zh', Texts>> = { en, zh }
