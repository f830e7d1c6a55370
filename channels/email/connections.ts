// The mail servers this channel depends on, as they are tried before the start: logged in to and left again, without sending or reading a mail.
import { ImapFlow } from 'imapflow'
import { createTransport } from 'nodemailer'
import type { Connection } from '../../src/connection.ts'
import { StartError } from '../../src/errors.ts'
import { folder, loginOf } from './imap.ts'

const patienceMs = 10_000

export function smtpConnection(url: string): Connection {
  const { host } = new URL(url)
  return {
    setting: 'SMTP_URL',
    async try() {
      const transport = createTransport({ url, connectionTimeout: patienceMs, greetingTimeout: patienceMs, socketTimeout: patienceMs })
      try {
        await transport.verify()
        return `SMTP server at ${host} takes mail from us`
      } catch (error) {
        throw new StartError([`SMTP_URL: ${host}: ${said(error)}: start the server, or correct host, user and password in SMTP_URL`])
      } finally {
        transport.close()
      }
    },
  }
}

export function imapConnection(url: string): Connection {
  const { host } = new URL(url)
  return {
    setting: 'IMAP_URL',
    async try() {
      const client = new ImapFlow({ ...loginOf(url), logger: false, connectionTimeout: patienceMs, greetingTimeout: patienceMs, socketTimeout: patienceMs })
      // Told by what `connect` throws.
      client.on('error', () => {})
      try {
        await client.connect()
        const { exists, path } = await client.mailboxOpen(folder(url), { readOnly: true })
        await client.logout()
        return `IMAP server at ${host}, folder ${path} with ${exists} ${exists === 1 ? 'mail' : 'mails'}`
      } catch (error) {
        throw new StartError([`IMAP_URL: ${host}: ${said(error)}: start the server, or correct host, user, password and folder in IMAP_URL`])
      } finally {
        client.close()
      }
    },
  }
}

/** The server's own words where there are any (`[AUTHENTICATIONFAILED] …`), else the network's. */
function said(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if ('responseText' in error && typeof error.responseText === 'string') return error.responseText
  return error.message || ('code' in error ? String(error.code) : error.name)
}
