// A desk with links to its customers' pages: a ticket, its survey, its quote.
import { afterEach } from 'vitest'
import { z } from 'zod'
import { loadTexts } from '../../src/bot/index.ts'
import { linkTo } from '../../src/links.ts'
import { requestSurvey } from '../../src/surveys/index.ts'
import { apiOf } from '../support/api.ts'
import { createFolder, createProvider, live, type LifeOptions } from '../support/life.ts'

const cleanups: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

export const texts = loadTexts()
/** What a customer may call a ticket. */
export const injection = '<script>alert(1)</script> "T5" & more'

type Begin = Partial<LifeOptions> & { language?: 'en' | 'zh'; description?: string; phone?: string; serial?: string }

export async function begin({ language = 'en', description = 'stops', phone, serial, ...options }: Begin = {}) {
  const folder = createFolder()
  cleanups.push(() => folder.remove())
  const provider = createProvider()
  const life = await live({ folder: folder.path, provider, render: (to, key, values) => texts.render(to, key, values), ...options })
  cleanups.push(() => life.close())
  const url = `http://127.0.0.1:${life.port}`
  const api = apiOf(() => url, 'test-key-0123456789')
  const opened = await api.post('/tickets', {
    subject: injection,
    description,
    customer: { name: 'Ann', email: 'ann@example.org', phone },
    ...(serial === undefined ? {} : { asset: { serial, product: 'T5 washer' } }),
    language,
  })
  const { number } = z.object({ number: z.string() }).parse(await opened.json())
  const here = (link: string) => link.replace(life.core.publicUrl, url)
  return { life, provider, api, url, number, here }
}
export type Desk = Awaited<ReturnType<typeof begin>>

export async function survey({ life, api, number, here }: Desk): Promise<{ id: string; link: string }> {
  await api.post(`/tickets/${number}/status`, { status: 'resolved' })
  await requestSurvey(life.core, number, 1, 'asked')
  const [asked] = await life.core.collections.surveys.find({ ticket: number })
  const id = asked?._id ?? ''
  return { id, link: here(linkTo(life.core, 'survey', id)) }
}

export async function quote({ life, api, number, here }: Desk): Promise<{ id: string; link: string }> {
  const drafted = await api.post(`/tickets/${number}/quotes`, {
    lines: [
      { description: injection, quantity: 2, unitPrice: 4550 },
      { description: 'Labour', quantity: 1, unitPrice: 9000 },
    ],
    currency: 'EUR',
    note: 'Takes a week.',
  })
  const { id } = z.object({ id: z.string() }).parse(await drafted.json())
  await api.post(`/quotes/${id}/review`)
  await api.post(`/quotes/${id}/send`)
  return { id, link: here(linkTo(life.core, 'quote', `${id}.1`)) }
}

export const post = (link: string, fields: Record<string, string>) => fetch(link, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })
