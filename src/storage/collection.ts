// The contract for documents: the small part of MongoDB's language that every store of ours runs alike.
// Documents are plain JSON: no dates (see Timestamp), no undefined, no lists in lists, no dots or leading $ in names. Races are decided by inserts under unique indexes.

export type Scalar = string | number | boolean | null

export interface Condition {
  $eq?: Scalar
  $ne?: Scalar
  $in?: readonly Scalar[]
  $gt?: string | number
  $gte?: string | number
  $lt?: string | number
  $lte?: string | number
  $exists?: boolean
}

/** Fields by dotted path; all must hold. */
export type Filter = { readonly [path: string]: Scalar | Condition | readonly Filter[] | undefined } & {
  readonly $or?: readonly Filter[]
}

export interface Update {
  $set?: Readonly<Record<string, unknown>>
  $unset?: Readonly<Record<string, ''>>
  $inc?: Readonly<Record<string, number>>
}

export interface FindOptions {
  /** Field and direction, most significant first. */
  sort?: Readonly<Record<string, 1 | -1>>
  limit?: number
  skip?: number
}

export type Inserted = 'inserted' | 'duplicate'

export interface Index {
  name: string
  /** Dotted paths. */
  fields: readonly string[]
  /** Every document holds all fields of a unique index: engines disagree about the missing ones. */
  unique?: boolean
}

/** Names a collection, its document type and its indexes; `defineCollection` makes one. */
export interface CollectionDefinition<T extends { _id: string }> {
  readonly name: string
  readonly indexes: readonly Index[]
  /** Carries the type only; never set. */
  readonly document?: T
}

export function defineCollection<T extends { _id: string }>(name: string, indexes: readonly Index[] = []): CollectionDefinition<T> {
  return { name, indexes }
}

/** Every method throws `Unavailable` when the store cannot be reached or written. */
export interface Collection<T extends { _id: string }> {
  /** `duplicate` when `_id` or another unique index is taken; durable when it resolves. */
  insert(document: T): Promise<Inserted>
  get(id: string): Promise<T | undefined>
  find(filter: Filter, options?: FindOptions): Promise<T[]>
  count(filter: Filter): Promise<number>
  /** Changes one document if it is there and `onlyIf` holds; says whether it did. */
  update(id: string, update: Update, onlyIf?: Filter): Promise<boolean>
  /** Inserts or replaces by `_id`. */
  put(document: T): Promise<void>
  remove(id: string): Promise<boolean>
  removeAll(filter: Filter): Promise<number>
}

export interface Store {
  /** The same collection for the same definition; its indexes exist when this resolves. */
  open<T extends { _id: string }>(definition: CollectionDefinition<T>): Promise<Collection<T>>
  /** Resolves when the store answers, throws `Unavailable` when it does not within two seconds. */
  ping(): Promise<void>
  close(): Promise<void>
}
