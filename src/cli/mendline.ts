#!/usr/bin/env node
// The command line: `npx mendline <command>`, which runs on the Node that npm brought.
import { existsSync, readFileSync } from 'node:fs'
import { knownAdminKey } from '../admin-key.ts'
import { connectionsOf } from '../app.ts'
import { systemClock } from '../clock.ts'
import { systemRandom } from '../random.ts'
import { deskId } from '../runtime.ts'
import { readSettings } from '../settings.ts'
import { backUp } from '../storage/backup.ts'
import { backup } from './backup.ts'
import { chat } from './chat.ts'
import { check } from './check.ts'
import { doctor } from './doctor.ts'
import { importCommand } from './import.ts'
import { map } from './map.ts'

const usage = `Usage: npx mendline <command>

  check   reads the environment and mendline.yaml, tries every connection, and says what works; exit code 1 when something is wrong
  doctor  looks after a running desk: every setting, store, provider, clock and the public address, and what to do: npx mendline doctor [--json]
  backup  copies the data of an embedded desk while it runs: npx mendline backup <new folder>
  import  brings a CSV file into the running desk: npx mendline import assets|parts|stock|bom <file.csv>
  map     tries the mapping of a system that sends us webhooks: npx mendline map --try <file.json> [--source <name>]
  chat    plays any conversation in the terminal, or replays one: npx mendline chat --help
`

const [command, ...rest] = process.argv.slice(2)
if (command === 'check' && rest.length === 0)
  process.exitCode = await check({
    read: () => readSettings(process.env),
    connectionsOf: (settings) => connectionsOf({ settings, clock: systemClock, random: systemRandom }),
    print: (line) => void process.stdout.write(`${line}\n`),
  })
else if (command === 'doctor')
  process.exitCode = await doctor({
    args: rest,
    read: () => readSettings(process.env),
    connectionsOf: (settings) => connectionsOf({ settings, clock: systemClock, random: systemRandom }),
    deskIdOf(settings) {
      const key = knownAdminKey(settings)
      return key === undefined ? undefined : deskId(key)
    },
    fetch,
    clock: systemClock,
    print: (line) => void process.stdout.write(`${line}\n`),
  })
else if (command === 'backup')
  process.exitCode = backup({ args: rest, read: () => readSettings(process.env), backUp, print: (line) => void process.stdout.write(`${line}\n`) })
else if (command === 'import') {
  process.exitCode = await importCommand({
    args: rest,
    desk() {
      const settings = readSettings(process.env)
      return { url: settings.publicUrl, key: knownAdminKey(settings) }
    },
    read: (path) => readFileSync(path),
    fetch,
    print: (line) => void process.stdout.write(`${line}\n`),
  })
} else if (command === 'chat') process.exitCode = await chat({ args: rest, env: process.env, input: process.stdin, output: process.stdout })
else if (command === 'map') {
  const read = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, 'utf8') : undefined)
  process.exitCode = map({ args: rest, read, print: (line) => void process.stdout.write(`${line}\n`) })
} else {
  process.stderr.write(usage)
  process.exitCode = 2
}
