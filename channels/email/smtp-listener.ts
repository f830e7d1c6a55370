// A small SMTP server for our own addresses: 250 only after the mail is stored, 4xx when we could not, 5xx when the sender must change something (RFC 5321).
import { once } from 'node:events'
import { SMTPServer } from 'smtp-server'
import type { SMTPServerDataStream } from 'smtp-server'
import type { OwnAddresses } from './addresses.ts'
import type { Receive } from './receive.ts'

export interface SmtpListenOptions {
  port: number
  host?: string
}

/** Largest mail, bytes: what Gmail and Exchange let out, with room (they stop at 25–50 MB before encoding). */
export const largestMail = 64 * 1024 * 1024

/** Resolves when the port is open. No AUTH and no TLS: it takes mail for itself only and stands behind the site's mail server. */
export async function listenSmtp(
  { port, host }: SmtpListenOptions,
  own: OwnAddresses,
  receive: Receive,
  onProblem: (error: Error) => void,
  signal: AbortSignal,
): Promise<{ done: Promise<void> }> {
  // By session: a stop lets these finish and closes the others at once.
  const working = new Map<string, Promise<void>>()
  const server = new SMTPServer({
    name: own.domain,
    banner: 'Mendline',
    logger: false,
    disabledCommands: ['AUTH', 'STARTTLS'],
    authOptional: true,
    disableReverseLookup: true,
    hideENHANCEDSTATUSCODES: false,
    size: largestMail,
    rejectOversized: true,
    maxClients: 200,
    maxRecipients: 100,
    // Milliseconds of silence while the client owes us something; while we work it is not counted.
    socketTimeout: 120_000,
    closeTimeout: 10_000,
    onRcptTo({ address }, _session, done) {
      if (own.match(address)) done()
      else done(reply(550, `No such mailbox here. Write to ${own.from}`))
    },
    onData(stream, session, done) {
      const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : ''
      const to = session.envelope.rcptTo.map(({ address }) => address)
      const work = receive(whole(stream), { from, to }).then(
        (received) => (received.kind === 'accepted' ? done(null, 'Stored') : done(reply(554, `Refused: ${received.reason}`))),
        (error: unknown) => {
          // Read what is left: a client that is still talking hears no answer.
          stream.resume()
          if (!stream.sizeExceeded && !stream.errored)
            onProblem(new Error('a mail could not be stored; its sender was told to try again (451)', { cause: error }))
          done(reply(451, 'Could not store this mail. Try again later'))
        },
      )
      working.set(session.id, work)
      void work.finally(() => {
        working.delete(session.id)
        if (signal.aborted) closeIdle()
      })
    },
  })
  server.on('error', (error) => {
    // Clients that hang up are everyday life on port 25; what has no peer is about the port itself.
    if (!('remoteAddress' in error) && server.server.listening) onProblem(error)
  })
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', (error) => {
      reject(new Error(`the SMTP listener cannot open port ${port}; set SMTP_LISTEN_PORT to a free port`, { cause: error }))
    })
    server.listen(port, host, resolve)
  })
  const done = once(server.server, 'close').then(async () => {
    await Promise.allSettled(working.values())
  })
  const closeIdle = () => {
    for (const connection of server.connections)
      if (!working.has(connection.id)) {
        connection.send(421, 'Stopping. Try again later')
        connection.close()
      }
  }
  const close = () => {
    server.close()
    closeIdle()
  }
  if (signal.aborted) close()
  else signal.addEventListener('abort', close, { once: true })
  return { done }
}

/** The mail's bytes; ends in an error when it is too large, so that nothing of it is kept. Leaves the stream open to be read to its end. */
async function* whole(stream: SMTPServerDataStream): AsyncGenerator<Uint8Array> {
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    if (stream.sizeExceeded) throw new Error('the mail is too large')
    if (chunk instanceof Uint8Array) yield chunk
  }
}

function reply(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode })
}
