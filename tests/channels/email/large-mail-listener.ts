// A process of its own for the test of large mail: listens, keeps files on disk, tells its largest memory when it ends.
// Usage: node large-mail-listener.ts <port> <folder>
import { createEmailChannel } from '../../../channels/email/index.ts'
import { systemClock } from '../../../src/clock.ts'
import { systemRandom } from '../../../src/random.ts'
import { diskFiles, mailDoor } from '../../support/mail-door.ts'

const [port = '', folder = ''] = process.argv.slice(2)
const door = mailDoor(diskFiles(folder))
const stop = new AbortController()
const channel = createEmailChannel({
  supportAddresses: ['support@repair.example'],
  displayName: 'Mendline',
  smtpListen: { port: Number(port), host: '127.0.0.1' },
  clock: systemClock,
  random: systemRandom,
  onProblem: (error) => console.error(error),
})
const listener = await channel.listen?.(door, stop.signal)
console.log('listening')
process.once('SIGTERM', () => stop.abort())
await listener?.done
const sizes = door.messages().map(({ attachments, text }) => ({ text: text.length, attachments: attachments.map((one) => ('size' in one ? one.size : 0)) }))
console.log(JSON.stringify({ sizes, largestMegabytes: Math.round(process.resourceUsage().maxRSS / 1024) }))
