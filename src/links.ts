// Links to pages that are one customer's: signed, so that nobody can guess another's. No login stands before them.
import { timingSafeEqual } from 'node:crypto'
import type { Core } from './core.ts'

export type LinkedPage = 'quote' | 'survey' | 'status' | 'unsubscribe'
/** What is signed besides: a photo on a page, a form that is sent once. */
type Signed = LinkedPage | 'photo' | 'form'

/** Where the pages are; the status page goes into text messages. */
const paths: Readonly<Record<LinkedPage, string>> = { quote: 'quote', survey: 'survey', status: 's', unsubscribe: 'unsubscribe' }

const signatureLength = 32

/** The address of a page about `what`, e.g. a quote's version. */
export function linkTo({ sign, publicUrl }: Pick<Core, 'sign' | 'publicUrl'>, page: LinkedPage, what: string): string {
  return `${publicUrl}${pathTo({ sign }, page, what)}`
}

/** The same for a link from one of our pages to another. */
export function pathTo(core: Pick<Core, 'sign'>, page: LinkedPage, what: string): string {
  return `/${paths[page]}/${tokenFor(core, page, what)}`
}

/** `what`, and our signature on it; `readLink` reads it. */
export function tokenFor({ sign }: Pick<Core, 'sign'>, kind: Signed, what: string): string {
  return `${what}.${signatureOf(sign, kind, what)}`
}

/** What a link is about; undefined when it is none of ours, or of another page. */
export function readLink({ sign }: Pick<Core, 'sign'>, kind: Signed, token: string): string | undefined {
  const end = token.lastIndexOf('.')
  const [what, given] = [token.slice(0, end), token.slice(end + 1)]
  if (end < 1 || given.length !== signatureLength || !/^[0-9a-f]+$/.test(given)) return undefined
  return timingSafeEqual(Buffer.from(given), Buffer.from(signatureOf(sign, kind, what))) ? what : undefined
}

function signatureOf(sign: Core['sign'], kind: Signed, what: string): string {
  return sign(`link/${kind}/${what}`).slice(0, signatureLength)
}
