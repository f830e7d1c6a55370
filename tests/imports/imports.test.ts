// Imports through the API and the command: whole or not at all, with every mistake named by row and column, as spreadsheets write tables.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { importCommand } from '../../src/cli/import.ts'
import { apiOf, type Api } from '../support/api.ts'
import { createFolder, createProvider, live, type Life } from '../support/life.ts'

const key = 'test-key-0123456789'
const examples = join(import.meta.dirname, '../../docs/examples')
const counts = z.looseObject({ rows: z.int(), created: z.int(), changed: z.int(), unchanged: z.int(), repeated: z.boolean() })
const refusal = z.object({
  detail: z.string(),
  count: z.int(),
  errors: z.array(z.object({ row: z.int(), column: z.string().nullable(), message: z.string() })),
})

let life: Life
let api: Api
let cleanup: () => Promise<void>
beforeAll(async () => {
  const folder = createFolder()
  life = await live({ folder: folder.path, provider: createProvider(), yaml: 'products: [{ name: T5 treadmill, aliases: [T5] }]' })
  api = apiOf(() => `http://127.0.0.1:${life.port}`, key)
  cleanup = async () => {
    await life.close()
    folder.remove()
  }
})
afterAll(() => cleanup())

async function send(kind: string, csv: string | Uint8Array<ArrayBuffer>): Promise<Response> {
  return fetch(`http://127.0.0.1:${life.port}/api/v1/${kind}/import`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'text/csv' },
    body: csv,
  })
}

async function imported(kind: string, csv: string | Uint8Array<ArrayBuffer>): Promise<z.infer<typeof counts>> {
  const response = await send(kind, csv)
  expect([response.status, response.status === 200 ? '' : await response.text()]).toEqual([200, ''])
  return counts.parse(await response.json())
}

async function refused(kind: string, csv: string): Promise<string[]> {
  const response = await send(kind, csv)
  expect(response.status).toBe(400)
  const { errors, count } = refusal.parse(await response.json())
  expect(count).toBe(errors.length)
  return errors.map(({ row, column, message }) => `${row} ${column}: ${message}`)
}

const assetOf = async (serial: string) =>
  (await api.read(`/assets?serial=${encodeURIComponent(serial)}`, z.object({ data: z.array(z.looseObject({ serial: z.string() })) }))).data[0]

describe('the example files of the docs', () => {
  it('are imported as they stand by the command, and change nothing a second time', async () => {
    const said: string[] = []
    const run = (kind: string) =>
      importCommand({
        args: [kind, join(examples, `${kind}.csv`)],
        desk: () => ({ url: `http://127.0.0.1:${life.port}`, key }),
        read: (path) => readFileSync(path),
        fetch,
        print: (line) => said.push(line),
      })
    for (const kind of ['parts', 'assets', 'stock', 'bom']) expect(await run(kind), kind).toBe(0)
    expect(said).toEqual([
      '4 rows imported: 4 new, 0 changed, 0 as they were.',
      '3 rows imported: 3 new, 0 changed, 0 as they were.',
      '3 rows imported: 3 new, 0 changed, 0 as they were.',
      '3 rows imported: 3 new, 0 changed, 0 as they were.',
    ])
    const entries = async () => (await life.core.journal.entries('asset', String((await assetOf('KP-20391'))?.['id']))).length
    expect([await run('assets'), said.at(-1), await entries()]).toEqual([0, expect.stringMatching(/^This very file was imported before, at /), 1])
    expect(await assetOf('kp 20391')).toMatchObject({ product: 'T5 treadmill', installedOn: '2026-01-15', warranty: { labour: '24mo', parts: '36mo' } })
    const { data } = await api.read('/customers?email=lee@example.org', z.object({ data: z.array(z.looseObject({ name: z.string() })) }))
    expect(data.map(({ name }) => name)).toEqual(['Gym Lee'])
  })

  it('say to the one who typed it what is wrong with the command', async () => {
    const said: string[] = []
    const run = (args: string[], more: object = {}) =>
      importCommand({ args, desk: () => ({ url: 'http://127.0.0.1:1', key }), read: () => new Uint8Array(), fetch, print: (line) => said.push(line), ...more })
    expect([
      await run(['cats', 'x.csv']),
      await run(['assets', 'x.csv']),
      await run(['assets', 'x.csv'], { desk: () => ({ url: '', key: undefined }) }),
    ]).toEqual([2, 1, 1])
    expect(said).toEqual([expect.stringContaining('Usage'), expect.stringContaining('Nobody answers'), expect.stringContaining('ADMIN_KEY')])
  })
})

describe('a file', () => {
  it('with wrong rows imports none of the right ones, and names each mistake by row and column', async () => {
    const csv = [
      'serial,product,installed_on,warranty_labour,owner_name',
      'OK-100,T5,2026-01-01,24mo,',
      'OK-101,T55,31.05.2026,soon,',
      '',
      '4.01235E+12,T5,2026-02-30,,',
      'ok 100,,,,Ann',
      ',T5,,,',
    ].join('\r\n')
    expect(await refused('assets', csv)).toEqual([
      '3 product: "T55" is no product of the catalogue',
      '3 installed_on: "31.05.2026" is no day; write it like 2026-05-31',
      expect.stringMatching(/^3 warranty_labour: "soon" is no warranty term; write 24mo/),
      expect.stringMatching(/^5 serial: "4.01235E\+12" was rounded by the spreadsheet/),
      '5 installed_on: "2026-02-30" is no day; write it like 2026-05-31',
      '6 serial: is in row 2 already',
      '6 owner_email: is empty, but owner_name is not',
      '7 serial: is empty',
    ])
    expect(await assetOf('OK-100')).toBeUndefined()
  })

  it.each<[string, string, string[]]>([
    [
      'a header of other columns',
      'serial,colour\nA1,red',
      [
        '1 colour: is no column of this file; they are serial, product, owner_email, owner_name, site, site_address, site_time_zone, installed_on, warranty_labour, warranty_parts, served, retired_on, retired_reason',
      ],
    ],
    ['no column of serial numbers', 'product\nT5', ['1 serial: is needed, but there is no such column']],
    ['a header and nothing else', 'serial,product\n', ['1 null: is all there is; put the rows below it']],
    [
      'a value cut by its own comma',
      'serial,product\nA1,T5,12 Elm St',
      ['2 null: has a cell without a column; a value with the separator in it goes between double quotes'],
    ],
  ])('is refused for %s', async (_, csv, errors) => {
    expect(await refused('assets', csv)).toEqual(errors)
  })

  it('is read as Excel writes it: semicolons, tabs, a byte order mark, its hint at the separator, UTF-16', async () => {
    const table = (separator: string, serial: string) =>
      [
        ['Serial', 'Installed On'],
        [serial, '2026-03-01'],
      ]
        .map((row) => row.join(separator))
        .join('\r\n')
    const utf16 = Buffer.from(`\uFEFF${table('\t', 'XL-4')}`, 'utf16le')
    for (const csv of [`\uFEFF${table(';', 'XL-1')}`, table('\t', 'XL-2'), `sep=|\r\n${table('|', 'XL-3')}`, new Uint8Array(utf16)])
      expect(await imported('assets', csv)).toMatchObject({ rows: 1, created: 1 })
    for (const serial of ['XL-1', 'XL-2', 'XL-3', 'XL-4']) expect(await assetOf(serial), serial).toMatchObject({ serial, installedOn: '2026-03-01' })
    const latin = await send('assets', new Uint8Array(Buffer.from('serial,product\nGR\u00dc-1,', 'latin1')))
    expect([latin.status, await latin.text()]).toEqual([400, expect.stringContaining('CSV UTF-8')])
  })

  it('keeps what looks like a formula as the text it is', async () => {
    await imported('parts', 'number,name\nF-1,"=HYPERLINK(""http://x"")"\n="00123",Washer\n')
    const { data } = await api.read('/parts', z.object({ data: z.array(z.looseObject({ number: z.string(), name: z.string() })) }))
    expect(data.map(({ number, name }) => `${number} ${name}`)).toEqual(expect.arrayContaining(['F-1 =HYPERLINK("http://x")', '="00123" Washer']))
  })

  it('leaves what its cells leave out, and changes what they say', async () => {
    await imported('assets', 'serial,product,installed_on\nCH-1,T5,2026-01-01\nCH-2,T5,2026-01-01')
    expect(await imported('assets', 'serial,product,warranty_labour\nCH-1,,1y\nCH-2,,\nCH-3,,')).toMatchObject({
      rows: 3,
      created: 1,
      changed: 1,
      unchanged: 1,
    })
    expect(await imported('assets', 'serial,retired_on,retired_reason\nCH-2,2026-03-01,"scrapped, frame broken"')).toMatchObject({ changed: 1 })
    expect(await assetOf('CH-2')).toMatchObject({ product: 'T5 treadmill', retired: { on: '2026-03-01', reason: 'scrapped, frame broken' } })
    expect(await refused('assets', 'serial,retired_on,retired_reason\nCH-2,2026-03-01,\nCH-3,,lost')).toEqual([
      '2 retired_reason: is empty, but retired_on is not: say why',
      '3 retired_on: is empty, but retired_reason is not',
    ])
    expect(await assetOf('CH-1')).toMatchObject({ product: 'T5 treadmill', installedOn: '2026-01-01', warranty: { labour: '12mo', parts: null } })
  })

  it('of parts, stock or bills names what is not there', async () => {
    expect(await refused('parts', 'number,name,superseded_by\nLOOP-1,One,LOOP-2\nLOOP-2,Two,LOOP-1\nL3,Three,L4')).toEqual([
      '2 superseded_by: leads back to this part; a chain of parts must not be a circle',
      '3 superseded_by: leads back to this part; a chain of parts must not be a circle',
      '4 superseded_by: "L4" is neither in this file nor in the catalogue',
    ])
    expect(await refused('stock', 'part,location,quantity\nGHOST,Nowhere,-1\nKP-SEAL-2,Nowhere,')).toEqual([
      '2 quantity: "-1" is no whole number from 0 to 999999',
      '2 part: "GHOST" is no part of the catalogue; import the parts first',
      '2 location: there is no stock location "Nowhere"; to make it, say in location_kind what it is',
      '3 quantity: is empty',
    ])
    expect(await refused('bom', 'product,part,quantity\nT6,KP-SEAL-2,0')).toEqual([
      '2 product: "T6" is no product of the catalogue',
      '2 quantity: "0" is no whole number of at least 1',
    ])
  })
})
