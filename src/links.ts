// Links to pages that are one customer's: signed, so that nobody can guess another's. No login stands before them.
import { timingSafeEqual } from 'node:crypto'
import type { Core } from './core.ts'

export type LinkedPage = 'quote' | 'survey' | 'unsubscribe'

const signatureLength = 32

/** The address of a page about `what`, e.g. a quote's version. */
export function linkTo({ sign, publicUrl }: Pick<Core, 'sign' | 'publicUrl'>, page: LinkedPage, what: string): string {
  return `${publicUrl}/${page}/${what}.${signatureOf(sign, page, what)}`
}

/** What a link is about; undefined when it is none of ours, or of another page. */
export function readLink({ sign }: Pick<Core, 'sign'>, page: LinkedPage, token: string): string | undefined {
  const end = token.lastIndexOf('.')
  const [what, given] = [token.slice(0, end), token.slice(end + 1)]
  if (end < 1 || given.length !== signatureLength || !/^[0-9a-f]+$/.test(given)) return undefined
  return timingSafeEqual(Buffer.from(given), Buffer.from(signatureOf(sign, page, what))) ? what : undefined
}

function signatureOf(sign: Core['sign'], page: LinkedPage, what: string): string {
  return sign(`link/${page}/${what}`).slice(0, signatureLength)
}
