// A change that a unique index refuses: a mistake of ours, since races are decided by inserts and those answer `duplicate`.

export class Taken extends Error {
  override readonly name = 'Taken'
  readonly code = 'taken'

  constructor(collection: string, cause: unknown) {
    super(`a change in ${collection} would repeat what a unique index holds; insert a document to claim it instead`, { cause })
  }
}
