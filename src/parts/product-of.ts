// The product that a ticket is about, by its asset or by its words, and what it is made of.
import { catalogueOf, productNamed, type Product } from '../assets/index.ts'
import type { Core } from '../core.ts'
import type { Ticket } from '../tickets/index.ts'
import type { Bill } from './bill.ts'

export async function productOf(core: Core, ticket: Ticket): Promise<Product | undefined> {
  const asset = ticket.coverage?.asset == null ? undefined : await core.collections.assets.get(ticket.coverage.asset)
  return productNamed(await catalogueOf(core), asset?.product ?? ticket.fields.product)
}

export async function billOf({ collections: { bills } }: Core, product: Product | undefined): Promise<Bill | undefined> {
  return product === undefined ? undefined : (await bills.find({ product: product.name }, { limit: 1 }))[0]
}
