// Writes what the flows of today store when they are left in the middle: `node tests/flows/stored/record.ts <name>` makes <name>.json beside this file.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dialogues } from './dialogues.ts'

const [name = ''] = process.argv.slice(2)
if (!/^[\w-]+$/.test(name)) throw new Error('say how the recording is called, e.g. 06-what-changed')
const recorded = []
for (const dialogue of dialogues) {
  const talk = dialogue.talk()
  try {
    await dialogue.begin(talk)
  } catch {
    continue // not possible at that time
  }
  const open = talk.memory.flows.at(-1)
  if (open?.name !== dialogue.flow) continue
  recorded.push({ flow: open.name, version: open.version, name: dialogue.name, memory: talk.memory, tickets: talk.tickets })
}
writeFileSync(join(import.meta.dirname, `${name}.json`), `${JSON.stringify(recorded, null, 1)}\n`)
console.log(recorded.map(({ flow, version, name: left }) => `${flow} ${version}: ${left}`).join('\n'))
