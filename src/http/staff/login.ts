// Where staff type the key: a form, so that it stands in no address, no history and no log. Pages behind it lead here and back.
import { isSame } from '../../access/index.ts'
import type { HttpReply, HttpRequest, Route } from '../../channel.ts'
import type { Core } from '../../core.ts'
import type { Language } from '../../message.ts'
import { html } from '../linked/html.ts'
import { page, readForm } from '../linked/page.ts'
import { beginSession, endSession, hasSession } from './session.ts'

const texts: Readonly<Record<Language, Readonly<Record<'title' | 'key' | 'hint' | 'open' | 'wrong' | 'later', string>>>> = {
  en: {
    title: 'Sign in',
    key: 'Admin key',
    hint: 'The value of ADMIN_KEY; a desk that was given none keeps it in the file admin-key beside its data.',
    open: 'Sign in',
    wrong: 'That is not the key.',
    later: 'Too many wrong keys. Wait a minute, then try again.',
  },
  zh: {
    title: '登录',
    key: '管理密钥',
    hint: '即 ADMIN_KEY 的值；没有设置时，密钥保存在数据目录的 admin-key 文件中。',
    open: '登录',
    wrong: '密钥不对。',
    later: '错误次数太多，请一分钟后再试。',
  },
}

/** Wrong keys in a minute from one address: nobody mistypes it more often, and nobody guesses it so slowly. */
const wrongPerMinute = 10
/** More than that are an attack from many sides, and its oldest tries may be forgotten. */
const wrongKept = 10_000

export function loginRoutes(core: Core, adminKey: string): Route[] {
  let wrong: { ip: string; at: number }[] = []
  const tooMany = (ip: string): boolean => {
    wrong = wrong.filter(({ at }) => at > core.clock.now() - 60_000).slice(-wrongKept)
    return wrong.filter((each) => each.ip === ip).length >= wrongPerMinute
  }

  return [
    { method: 'GET', path: '/login', handle: async (request) => show(core, request, readTarget(request.query.get('to')), 200) },
    {
      method: 'POST',
      path: '/login',
      async handle(request) {
        const form = await readForm(request)
        const to = readTarget(form?.get('to') ?? null)
        if (tooMany(request.ip)) return show(core, request, to, 429, 'later')
        if (!isSame((form?.get('key') ?? '').trim(), adminKey)) {
          wrong.push({ ip: request.ip, at: core.clock.now() })
          return show(core, request, to, 401, 'wrong')
        }
        return { status: 303, headers: { location: to, 'set-cookie': beginSession(core), 'cache-control': 'no-store' } }
      },
    },
    {
      method: 'POST',
      path: '/logout',
      handle: async () => ({ status: 303, headers: { location: '/login', 'set-cookie': endSession(core), 'cache-control': 'no-store' } }),
    },
  ]
}

/** A page for those who have signed in; everybody else signs in first, and is led back to it with its filters. */
export function behindLogin(core: Core, handle: (request: HttpRequest) => Promise<HttpReply>): Route['handle'] {
  return async (request) => {
    if (hasSession(core, request)) return handle(request)
    const query = request.query.size === 0 ? '' : `?${request.query}`
    return { status: 303, headers: { location: `/login?to=${encodeURIComponent(request.path + query)}`, 'cache-control': 'no-store' } }
  }
}

/** A path of ours and nothing that leads elsewhere; browsers take a backslash for a slash. */
function readTarget(given: string | null): string {
  return given !== null && /^\/(?![/\\])[\w\-./?=&%:+]*$/.test(given) ? given : '/dashboard'
}

function show(core: Core, request: HttpRequest, to: string, status: number, problem?: 'wrong' | 'later'): HttpReply {
  const language = languageOf(request, core.company().flow.language)
  const said = texts[language]
  const body = html`${problem === undefined ? null : html`<p class="sheet" role="alert">${said[problem]}</p>`}
    <form method="post" action="/login">
      <input type="hidden" name="to" value="${to}" />
      <label class="label" for="key">${said.key}</label>
      <input id="key" name="key" type="password" autocomplete="current-password" required autofocus aria-describedby="hint" />
      <p class="quiet" id="hint">${said.hint}</p>
      <p class="actions"><button type="submit">${said.open}</button></p>
    </form>`
  return page(status, { language, company: core.company().flow.company, title: said.title }, body)
}

/** Of those we speak the one the browser names first, else the company's. */
function languageOf({ headers }: HttpRequest, usual: Language): Language {
  const wanted = (headers['accept-language'] ?? '').toLowerCase().split(',')
  const first = wanted.map((tag) => tag.trim().slice(0, 2)).find((tag) => tag === 'en' || tag === 'zh')
  return first === 'en' || first === 'zh' ? first : usual
}
