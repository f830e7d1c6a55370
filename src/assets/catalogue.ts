// The products we service: those of mendline.yaml, and those that were registered since, which have the last word.
import type { Timestamp } from '../clock.ts'
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import { productId, productKey, type StoredProduct } from './product.ts'
import type { Warranty } from './term.ts'

/** What mendline.yaml says of a product. */
export interface ProductSetting {
  name: string
  aliases: readonly string[]
  warranty: Warranty
  served: boolean
}

export interface Product {
  _id: string
  n: number
  name: string
  aliases: readonly string[]
  warranty: Warranty
  served: boolean
  createdAt: Timestamp
}

export type Catalogue = readonly Product[]

/** Those of mendline.yaml in their order, then the others. */
export async function catalogueOf({ company, collections }: Pick<Core, 'company' | 'collections'>): Promise<Catalogue> {
  return mergeCatalogue(company().products, await collections.products.find({}))
}

/** Pure. */
export function mergeCatalogue(settings: readonly ProductSetting[], stored: readonly StoredProduct[]): Catalogue {
  const known = new Map(stored.map((product) => [product._id, product]))
  const ofSettings = settings.map((setting): Product => {
    const _id = productId(setting.name)
    const own = known.get(_id)
    known.delete(_id)
    return {
      _id,
      n: own?.n ?? 0,
      name: setting.name,
      aliases: [...new Set([...setting.aliases, ...(own?.aliases ?? [])])],
      warranty: { labour: own?.warranty.labour ?? setting.warranty.labour, parts: own?.warranty.parts ?? setting.warranty.parts },
      served: own?.served ?? setting.served,
      createdAt: own?.createdAt ?? timestamp(0),
    }
  })
  const registered = [...known.values()].map(({ served, ...rest }): Product => ({ ...rest, served: served ?? true }))
  return [...ofSettings, ...registered.toSorted((one, other) => one.name.localeCompare(other.name))]
}

/** By its name or an alias; undefined when it is none of ours. */
export function productNamed(catalogue: Catalogue, words: string | null | undefined): Product | undefined {
  const key = productKey(words ?? '')
  if (key === '') return undefined
  return catalogue.find(({ name }) => productKey(name) === key) ?? catalogue.find(({ aliases }) => aliases.some((alias) => productKey(alias) === key))
}
