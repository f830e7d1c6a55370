// What a failed delivery attempt means: try later, or never again. By the server's reply code and the command it answered, never by its words.
import { SendError } from '../../src/errors.ts'

/** What nodemailer sets on its errors. */
interface Reply {
  /** `ECONNECTION`, `EENVELOPE` … or of Node: `ECONNREFUSED`, `ENOSPC` … */
  code: string
  /** The SMTP reply code, 0 without a reply. */
  status: number
  /** The enhanced status code (RFC 3463), empty without one. */
  enhanced: string
  command: string
}

export function sendErrorOf(error: unknown): SendError {
  if (error instanceof SendError) return error
  const reply = replyOf(error)
  const said = [reply.status || '', reply.enhanced].filter(Boolean).join(' ')
  return new SendError(
    kindOf(reply),
    said ? `the mail server answered ${said} to ${reply.command || 'the mail'}` : `no mail server took it (${reply.code || 'no answer'})`,
    { cause: error },
  )
}

function kindOf({ code, status, enhanced, command }: Reply): 'later' | 'never' {
  // Without a reply: an address that cannot be written into the envelope stays so; networks and disks get better.
  if (status === 0) return code === 'EENVELOPE' ? 'never' : 'later'
  // RFC 5321, 4.2.1: 4yz is for now, 5yz for good. 503 says that the dialogue was out of step, not the mail.
  if (status < 500 || status === 503) return 'later'
  // Too large (RFC 1870 and RFC 3463, 3.3 and 3.4), whichever command it was said to: the mail will not shrink.
  if (enhanced === '5.3.4' || enhanced === '5.2.3') return 'never'
  // A full mailbox (RFC 3463, 3.3) may be emptied; RFC 5321, 4.5.3.1.10, asks to take 552 to a recipient as 452.
  if (enhanced === '5.2.2' || (status === 552 && enhanced === '' && command.startsWith('RCPT'))) return 'later'
  // To RCPT and to the mail itself the refusal is about this mail. To anything before (greeting, EHLO, AUTH, MAIL) it is about us,
  // our password or our domain: somebody can mend that, and the customers' mails shall not be lost until then.
  return command.startsWith('RCPT') || command.startsWith('DATA') ? 'never' : 'later'
}

function replyOf(error: unknown): Reply {
  const read = (name: string): unknown => (typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined)
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  const status = read('responseCode')
  return {
    code: text(read('code')),
    status: typeof status === 'number' ? status : 0,
    enhanced: /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(text(read('response')))?.[1] ?? '',
    command: text(read('command')),
  }
}
