// Every look-up on the way of a message has an index: none reads a whole collection, however large it grows.
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { SendError } from '../../src/errors.ts'
import { oldestUnhandledSeconds, sweep } from '../../src/intake/recover.ts'
import { contactPointId } from '../../src/message.ts'
import { readFilter } from '../../src/storage/filter.ts'
import { orderSql, quoteName, whereSql } from '../../src/storage/sqlite-filter.ts'
import { createFolder, createProvider, live, newMessage } from '../support/life.ts'
import { eventually } from '../support/processes.ts'
import { watchStore, type Asked } from '../support/watch-store.ts'

type LookUp = Extract<Asked, { filter: unknown }>

/** By collection, fields and order: what a planner goes by. */
const shapeOf = ({ collection, filter, options }: LookUp) =>
  `${collection} where ${Object.keys(filter).join(', ')} by ${Object.keys(options.sort ?? {}).join(', ')}`

describe('look-ups', () => {
  it('of intake, turns, delivery, receipts and recovery each search an index', async () => {
    const lookUps = new Map<string, LookUp>()
    const folder = createFolder()
    const provider = createProvider()
    const life = await live({
      folder: folder.path,
      provider,
      watch: (store) => watchStore(store, (asked) => void ('filter' in asked && lookUps.set(shapeOf(asked), asked))),
    })
    try {
      const { messages } = life.core.collections
      const say = (text: string, id: string) => life.accept({ kind: 'message', message: newMessage(text, id) })
      const outbound = (state: string) => eventually(async () => (await messages.find({ direction: 'outbound', state }))[0], `a message that is ${state}`)
      await say('It leaks', 'a')
      await say('It leaks', 'a')
      const sent = await outbound('sent')
      const bounce = { channel: 'email', providerId: `provider-${sent._id}`, state: 'failed', addressIsBad: true } as const
      await life.accept({ kind: 'receipt', receipt: bounce, raw: { name: 'dsn', contentType: 'message/rfc822', content: new Uint8Array(3) } })
      // Another address of the same customer, to which goes what the first does not take.
      const known = await life.core.collections.contactPoints.get(contactPointId('email', 'ann@example.org'))
      if (known !== undefined) await life.core.collections.contactPoints.insert({ ...known, _id: 'p_other', address: 'other@example.org', bad: null })
      provider.onSend = async ({ place }) => {
        if (place.address === 'ann@example.org') throw new SendError('never', 'no such mailbox')
      }
      await say('Hello?', 'b')
      await eventually(async () => provider.sent.find(({ place }) => place.address === 'other@example.org'), 'the way round')
      await sweep(life.core, 0)
      await oldestUnhandledSeconds(life.core)
      for (const stream of ['conversation', 'ticket'] as const) await life.core.journal.entries(stream, 'x')
      await life.core.journal.finish(`conversation/${sent.conversation}`)

      const database = new DatabaseSync(join(folder.path, 'mendline.db'), { readOnly: true })
      const plans = [...lookUps].map(([shape, { collection, filter, options }]) => {
        const { text, values } = whereSql(readFilter(filter))
        const rows = database.prepare(`EXPLAIN QUERY PLAN SELECT doc FROM ${quoteName(collection)} WHERE ${text}${orderSql(options.sort)}`).all(...values)
        return `${shape}: ${rows.map((row) => String(row['detail'])).join('; ')}`
      })
      database.close()
      expect(plans.length).toBeGreaterThan(10)
      // The catalogue is read whole on purpose: it is as large as a company's range.
      const looked = plans.filter((plan) => !plan.startsWith('products where  by '))
      expect(looked.filter((plan) => !/: (MULTI-INDEX OR; )?SEARCH \S+ USING/.test(plan))).toEqual([])
    } finally {
      await life.close()
      folder.remove()
    }
  })
})
