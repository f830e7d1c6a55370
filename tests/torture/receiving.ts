// The integrator's receiver, a process of its own: verifies each request with the reference library, writes down what came, and answers after that.
// Arguments: port, file, secret.
import { appendFileSync, closeSync, existsSync, fsyncSync, openSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { Webhook } from 'standardwebhooks'

const [port = '0', file = '', secret = ''] = process.argv.slice(2)
const webhook = new Webhook(secret)
// Whoever was killed in the middle of a line leaves half of one, which was never answered.
const isCut = existsSync(file) && !/(^|\n)$/.test(readFileSync(file, 'utf8'))
const log = openSync(file, 'a')
if (isCut) appendFileSync(log, '\n')

/** Durable when it returns. */
function write(line: Readonly<Record<string, unknown>>): void {
  appendFileSync(log, `${JSON.stringify(line)}\n`)
  fsyncSync(log)
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const body = Buffer.concat(chunks).toString()
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
    try {
      webhook.verify(body, headers)
    } catch (error) {
      write({ refused: String(error) })
      response.writeHead(400).end()
      return
    }
    write({ id: headers['webhook-id'], body })
    response.writeHead(200).end()
  })
})
server.listen(Number(port), '127.0.0.1', () => process.stdout.write('receiving\n'))
process.once('SIGTERM', () => {
  server.close()
  server.closeAllConnections()
  closeSync(log)
})
