// Customers write by chat and by mail while processes are killed at random: what was acknowledged is there once, in order, and was answered. Seeded.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startMailServer } from '../support/mail-server.ts'
import { outside } from '../support/outside.ts'
import { eventually, startMendline } from '../support/processes.ts'
import { keepLedger, type Ledger } from './ledger.ts'
import { seeded } from './seeded.ts'
import { startSlots, type Engines } from './slots.ts'
import { chatWriter, mailWriter, type Writer } from './writers.ts'

export interface TortureOptions {
  engines: Engines
  inputs: number
  conversations: number
  kills: number
  seed: number
  print(line: string): void
}

const key = 'torture-key-0123456789'
const patienceMs = 300_000

export async function torture(options: TortureOptions): Promise<Ledger> {
  const random = seeded(options.seed)
  const folder = mkdtempSync(join(tmpdir(), 'mendline-torture-'))
  const mail = await startMailServer()
  const base = {
    ADMIN_KEY: key,
    LOG_LEVEL: 'error',
    SUPPORT_ADDRESS: 'support@desk.example',
    SMTP_URL: mail.url,
    SMTP_LISTEN_PORT: '2525',
    SEND_LEASE_SECONDS: '3',
  }
  const { slots, urls, smtpPorts, remove } = await startSlots(options.engines, folder, base)
  try {
    const writers: Writer[] = []
    while (writers.length < options.conversations) {
      // The first two see to it that there is one of each.
      const byMail = writers.length < 2 ? writers.length === 1 : random() < 0.5
      writers.push(byMail ? mailWriter(`writer-${writers.length}@customer.example`, smtpPorts, patienceMs) : await chatWriter(urls, patienceMs))
    }

    const perWriter = Math.ceil(options.inputs / options.conversations)
    let acknowledged = 0
    let kills = 0
    /** Spreads the kills over the inputs: who is ahead of them waits for the next. */
    const pace = (turn: number) =>
      eventually(async () => (kills >= Math.floor((turn / perWriter) * options.kills * 0.8) ? true : undefined), 'the next kill', patienceMs / 1000)
    const talking = Promise.all(
      writers.map(async (writer, index) => {
        for (let turn = 0; turn < perWriter; turn++) {
          await pace(turn)
          await writer.say(textOf(index, turn), `input-${index}-${turn}`)
          acknowledged++
        }
      }),
    )
    let over = false
    talking.then(
      () => (over = true),
      () => {}, // heard below
    )
    while (kills < options.kills) {
      // The inputs keep up with the kills, but for every fourth, which may hit a process that has hardly started.
      const enough = random() < 0.25 ? 0 : (kills / options.kills) * options.inputs * 0.5
      await Promise.race([eventually(async () => (over || acknowledged >= enough ? true : undefined), 'the next input', patienceMs / 1000), talking])
      // As the inputs go by; what is left of the kills falls on the turns still under way.
      await new Promise((resolve) => setTimeout(resolve, over ? 50 : 100 + random() * 400))
      const slot = slots[Math.floor(random() * slots.length)]
      if (slot?.running === undefined) continue
      await slot.running.kill()
      kills++
      options.print(`kill ${kills}: ${slot.name}, ${acknowledged} acknowledged`)
      slot.running = await startMendline(slot.env)
    }
    await talking
    options.print(`${acknowledged} inputs acknowledged, ${kills} kills; waiting for the last turns`)

    const desk = outside(urls[0] ?? '', key)
    const said = writers.map((writer, index) => ({ writer, texts: Array.from({ length: perWriter }, (_, turn) => textOf(index, turn)) }))
    await desk.quiet(6, 180) // longer than a sweep of recover
    return { acknowledged, kills, ...(await keepLedger(desk, said, mail.received)) }
  } finally {
    await remove()
    await mail.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The first is a repair request, the others are chatter that each conversation answers in its own way. */
function textOf(writer: number, turn: number): string {
  return turn === 0 ? `My washing machine leaks (writer ${writer})` : `Writer ${writer} adds detail number ${turn}`
}
