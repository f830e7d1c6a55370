// Which parts of the catalogue somebody means: by number or name at once; else by words, among what is reserved for the repair, then what its
// product is made of and its like needed, then everything. What is only likely is for them to confirm.
import type { Core } from '../core.ts'
import type { MeantPartView } from '../flow.ts'
import { fold } from '../understanding/fold.ts'
import { numbersOf, type Ticket } from '../tickets/index.ts'
import { kitFor } from './kit.ts'
import { partNamed, type Part } from './part.ts'
import { billOf, productOf } from './product-of.ts'
import { readSaidParts } from './said.ts'
import { serialKey } from '../assets/index.ts'

const optionsMax = 5
const catalogueMax = 10_000

/** Undefined when none are meant. */
export async function meantParts(core: Core, ticket: Ticket, text: string): Promise<MeantPartView[] | undefined> {
  const said = readSaidParts(text)
  if (said === undefined) return undefined
  const places = nearbyOf(core, ticket)
  const meant: MeantPartView[] = []
  for (const each of said) meant.push({ ...each, ...(await meaningOf(core, each.words, places)) })
  return meant
}

type Places = readonly { sure: boolean; parts: () => Promise<Part[]> }[]

async function meaningOf(core: Core, words: string, places: Places): Promise<Pick<MeantPartView, 'sure' | 'options'>> {
  const exact = await partNamed(core.collections.parts, words)
  if (exact !== undefined) return { sure: nameOf(exact), options: [] }
  for (const { sure, parts } of places) {
    const like = (await parts()).filter((part) => isLike(part, words))
    const [only] = like
    if (only === undefined) continue
    if (sure && like.length === 1) return { sure: nameOf(only), options: [] }
    return { sure: null, options: like.slice(0, optionsMax).map(nameOf) }
  }
  return { sure: null, options: [] }
}

/** The nearest first; each looked up once, and only if it is needed. */
function nearbyOf(core: Core, ticket: Ticket): Places {
  const { partRequests, parts } = core.collections
  const known = async (ids: readonly string[]): Promise<Part[]> =>
    (await Promise.all([...new Set(ids)].map((id) => parts.get(id)))).filter((part) => part !== undefined)
  const once = (look: () => Promise<Part[]>): (() => Promise<Part[]>) => {
    let found: Promise<Part[]> | undefined
    return () => (found ??= look())
  }
  const open = { ticket: { $in: numbersOf(ticket) }, status: { $in: ['requested', 'allocated'] } }
  return [
    { sure: true, parts: once(async () => known((await partRequests.find(open)).map(({ part }) => part))) },
    {
      sure: false,
      parts: once(async () => {
        const lines = (await billOf(core, await productOf(core, ticket)))?.lines ?? []
        return known([...(await kitFor(core, ticket)), ...lines].map(({ part }) => part))
      }),
    },
    { sure: false, parts: once(() => parts.find({ supersededBy: null }, { sort: { _id: 1 }, limit: catalogueMax })) },
  ]
}

/** All the words are in its name or number; without plurals. */
function isLike({ number, name }: Part, words: string): boolean {
  const key = serialKey(words)
  if (key.length >= 3 && /\d/.test(key) && serialKey(number).includes(key)) return true
  const named = fold(`${name} ${number}`)
  const wanted = fold(words)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => (word.length > 3 ? word.replace(/(?<=[^s])s$/, '') : word))
  return wanted.length > 0 && wanted.every((word) => named.includes(word))
}

function nameOf({ number, name }: Part): { number: string; name: string } {
  return { number, name }
}
