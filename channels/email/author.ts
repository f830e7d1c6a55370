// Who wrote a mail: a person, a person who wants no automatic answer, or a machine. RFC 3834 and what mail systems really send.
import type { Author } from '../../src/message.ts'
import type { OwnAddresses } from './addresses.ts'
import { loopHeader, loopValue } from './loop.ts'
import type { MailHeaders } from './mail-headers.ts'

export interface AuthorSigns {
  headers: MailHeaders
  /** Of the From header, lower case. */
  from: string
  /** MAIL FROM when the envelope is known; empty for the null sender. */
  envelopeFrom: string | undefined
  subject: string
  contentType: string
  /** It carries a reply token of ours, or refers to a mail of ours. */
  answersUs: boolean
  own: OwnAddresses
}

/** More hops than this and the mail goes in circles (RFC 5321, 6.3, asks for a limit of at least 100 hops for relays; we are an end point). */
export const mostHops = 50

export function readAuthor(signs: AuthorSigns): Author {
  if (isMachine(signs)) return 'machine'
  const { headers, own, answersUs } = signs
  // RFC 3834, 2: no automatic answer to list mail. A list of somebody else's is a machine to us. But a mailbox that is itself a
  // list (Google Groups, Microsoft 365 groups) marks its customers' mail the same way, and a customer may answer us through one.
  if (isListMail(headers)) return answersUs || isOurList(headers, own) ? 'person_no_reply' : 'machine'
  // [MS-OXCMAIL] 2.1.3.2.20: `All` and `AutoReply` ("auto-reply messages other than OOF notifications") ask for no automatic reply.
  // They say nothing about who wrote, so the ticket is made. `OOF`, `DR`, `RN`, `NDR`, `NRN` are about absence notes and receipts,
  // which we do not send. https://learn.microsoft.com/openspecs/exchange_server_protocols/ms-oxcmail/ced68690-498a-4567-9d14-5c01f974d8b1
  const suppress = (headers.first('x-auto-response-suppress') ?? '').toLowerCase().split(/[\s,;]+/)
  return suppress.includes('all') || suppress.includes('autoreply') ? 'person_no_reply' : 'person'
}

function isMachine({ headers, from, envelopeFrom, subject, contentType, own }: AuthorSigns): boolean {
  if (headers.first(loopHeader.toLowerCase()) === loopValue(own.domain) || own.match(from)) return true
  // RFC 5321, 4.5.5, and RFC 3834, 2: the null sender is for notifications that must not be answered.
  if (envelopeFrom === '' || headers.all('return-path').some((path) => /^<\s*>$/.test(path))) return true
  // RFC 3834, 5: any keyword but `no` is automatic; parameters and comments may follow it.
  const submitted = (headers.first('auto-submitted') ?? '')
    .replace(/\([^()]*\)/g, '')
    .split(';')[0]
    ?.trim()
    .toLowerCase()
  if (submitted && submitted !== 'no') return true
  if (machinePrecedence.test(headers.first('precedence') ?? '')) return true
  if (machineHeaders.some((name) => headers.first(name) !== undefined)) return true
  if (contentType === 'multipart/report' || contentType === 'message/delivery-status') return true
  return machineSender.test(from.slice(0, from.lastIndexOf('@'))) || machineSubject.test(subject)
}

const machinePrecedence = /^(?:bulk|junk|auto[_-]?reply)\b/i

/** Set by responders that know no RFC 3834: Exim and cPanel, Gmail's vacation answer, Kerio, Lotus, FreshMail, Novell GroupWise. */
const machineHeaders = [
  'x-autoreply',
  'x-auto-reply',
  'x-autorespond',
  'x-autoresponder',
  'x-autoreply-from',
  'x-mail-autoreply',
  'x-fc-machinegenerated',
  'x-failed-recipients',
]

const machineSender =
  /^(?:mailer[-._]?daemon|mail[-._]?daemon|mdaemon|postmaster|bounces?|auto[-._]?(?:reply|responder|response)|listserv|majordomo)(?:[-+._=].*)?$|(?:^|[-._+])(?:no[-._]?reply|do[-._]?not[-._]?reply|no[-._]?responder|ne[-._]?pas[-._]?repondre|keine[-._]?antwort|nao[-._]?responda)(?:[-._+\d]|$)/i

/**
 * Subjects that mail systems put on their own messages, at the start and set apart from what follows, so that neither
 * "Re: Automatic reply: …" nor "Automatic reply function is broken" is one.
 */
const machineSubject = new RegExp(
  `^(?:${[
    // en, de, nl, sv, da, no, fi
    'auto(?:matic|matically generated|mated)?[- ]?(?:reply|response)',
    'out of (?:the )?office(?: (?:auto)?reply| notification| message)?',
    '(?:automatische )?abwesenheits(?:notiz|meldung|benachrichtigung)',
    'automatische (?:antwort|beantwoording)',
    'automatisch antwoord',
    'afwezigheidsbericht',
    'automatisk[at]? svar',
    'autosvar',
    'frånvaromeddelande',
    'automaattinen vastaus',
    'poissaoloilmoitus',
    // fr, es, pt, it
    'réponse automatique',
    "(?:message|notification|notice) d['’]absence",
    'absence du bureau',
    'respuesta automática',
    'fuera de (?:la )?oficina',
    'resposta automática',
    'ausência temporária',
    'risposta automatica',
    'fuori (?:sede|ufficio)',
    // pl, cs, sk, ru, uk, tr
    'automatyczna odpowiedź',
    'odpowiedź automatyczna',
    'automatická odpově[dď]',
    'automatická odpoveď',
    'автоответ',
    'автоматический ответ',
    'автоматична відповідь',
    'otomatik yanıt',
    // zh, ja, ko
    '自动(?:回复|答复|回覆)',
    '自動(?:回覆|回復|答覆|応答|返信)',
    '不在(?:通知|のお知らせ)',
    '자동 ?(?:회신|응답)',
    '부재중',
    // undeliverable mail
    'undelivered mail returned to sender',
    'undeliver(?:able|ed)(?: mail| message)?',
    'delivery status notification',
    'mail delivery (?:failed|failure|system|subsystem)',
    'delivery (?:failure|has failed)',
    'returned mail',
    'failure notice',
    'message (?:undeliverable|delayed)',
    'unzustellbar',
    'nicht zustellbar',
    'non remis',
    'no se puede entregar',
    'onbestelbaar',
    '(?:系统)?退信(?:通知)?',
    '无法投递',
    '未送達',
    '配信不能',
  ].join('|')})\\s*(?:$|[:：(（\\[【|–—]|- )`,
  'iu',
)

function isListMail(headers: MailHeaders): boolean {
  if (/^list\b/i.test(headers.first('precedence') ?? '')) return true
  return ['list-id', 'list-unsubscribe', 'list-post', 'mailing-list'].some((name) => headers.first(name) !== undefined)
}

/** RFC 2919 writes the list's id with a dot where the address has its `@`. */
function isOurList(headers: MailHeaders, own: OwnAddresses): boolean {
  const [listId = ''] = /<([^<>]{1,255})>\s*$/.exec(headers.first('list-id') ?? '')?.slice(1) ?? []
  const addresses = ['list-post', 'mailing-list'].flatMap((name) => headers.first(name)?.match(/[^\s<>:;,]+@[^\s<>:;,]+/g) ?? [])
  const dotted = Array.from(listId.matchAll(/\./g), ({ index }) => `${listId.slice(0, index)}@${listId.slice(index + 1)}`)
  return [...addresses, ...dotted].some((address) => own.match(address) !== undefined)
}
