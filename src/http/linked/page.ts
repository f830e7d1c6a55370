// The frame of the pages behind a link: one column, no script, nothing from elsewhere, nothing kept by caches or told to other sites.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { HttpReply, HttpRequest, Route } from '../../channel.ts'
import type { Core } from '../../core.ts'
import type { Language } from '../../message.ts'
import { html, type Html } from './html.ts'

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  // The address is the key: no other site gets to know it.
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
}
/** As HTML names them. */
export const tags: Readonly<Record<Language, string>> = { en: 'en', zh: 'zh-Hans' }
const formLimit = 50_000

const ownNames: Readonly<Record<Language, string>> = { en: 'English', zh: '中文' }

export interface Frame {
  language: Language
  company: string
  title: string
  /** Where the page is, for one that is shown in another language at a press. */
  path?: string
}

/** The language asked for in the page's address, else the one its customer speaks. */
export function languageOn({ query }: Pick<HttpRequest, 'query'>, usual: Language): Language {
  const asked = query.get('lang')
  return asked === 'en' || asked === 'zh' ? asked : usual
}

/** The page's own address, in the language it is shown in. */
export function hereAgain({ path, query }: Pick<HttpRequest, 'path' | 'query'>): string {
  const asked = query.get('lang')
  return asked === 'en' || asked === 'zh' ? `${path}?lang=${asked}` : path
}

function languages({ language, path }: Frame): Html | null {
  if (path === undefined) return null
  const other = language === 'en' ? 'zh' : 'en'
  return html`<a href="${path}?lang=${other}" lang="${tags[other]}" hreflang="${tags[other]}">${ownNames[other]}</a>`
}

export function page(status: number, frame: Frame, body: Html): HttpReply {
  const { language, company, title } = frame
  const whole = html`<!doctype html>
    <html lang="${tags[language]}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · ${company}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/linked.css" />
      </head>
      <body>
        <header>
          <p>${company}</p>
          ${languages(frame)}
        </header>
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html> `
  return { status, headers, body: whole.text }
}

/** The same for a link of nobody's and for one that was changed on the way. */
export function unknownLink(core: Core): HttpReply {
  const { company, language } = core.company().flow
  const title = core.render(language, 'page.unknown.title', {})
  return page(404, { language, company, title }, html`<p>${core.render(language, 'page.unknown.text', {})}</p>`)
}

/** Back to the page after a form, so that loading it again sends nothing twice. */
export function backTo(path: string): HttpReply {
  return { status: 303, headers: { location: path, 'cache-control': 'no-store' } }
}

/** The fields of a form; undefined when it is larger than any form of ours. */
export async function readForm(request: HttpRequest): Promise<URLSearchParams | undefined> {
  const bytes = await request.bytes(formLimit)
  return bytes === undefined ? undefined : new URLSearchParams(new TextDecoder().decode(bytes))
}

/** What may be added in words of one's own. */
export const longestComment = 1000

export function readComment(form: URLSearchParams | undefined): string {
  return (form?.get('comment') ?? '').trim().slice(0, longestComment).toWellFormed()
}

export function stylesRoute(): Route {
  const body = readFileSync(join(import.meta.dirname, 'linked.css'), 'utf8')
  return {
    method: 'GET',
    path: '/linked.css',
    handle: async () => ({
      status: 200,
      headers: { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'max-age=300', 'x-content-type-options': 'nosniff' },
      body,
    }),
  }
}
