// The lines by which mail clients set an earlier mail apart, in the languages our customers' clients speak.

/** Fields of an earlier mail's header as Outlook, QQ and others print it above the quote; one list per field. */
const fields = {
  from: 'From|Von|De|Da|Van|Från|Fra|Lähettäjä|Od|От|Від|Kimden|发件人|寄件者|寄件人|差出人|送信者|보낸 ?사람',
  sent: 'Sent|Date|Gesendet|Datum|Envoyé|Enviado(?: el)?|Fecha|Data|Inviato|Verzonden|Skickat|Sendt|Dato|Lähetetty|Wysłano|Odesláno|Отправлено|Дата|Надіслано|Gönderildi|Tarih|发送时间|發送時間|日期|寄件日期|傳送時間|送信日時|日時|보낸 ?날짜',
  subject: 'Subject|Betreff|Objet|Asunto|Assunto|Oggetto|Onderwerp|Ämne|Emne|Aihe|Temat|Předmět|Predmet|Тема|Konu|主题|主題|主旨|件名|제목',
} as const

// Outlook prints `From: x`, some converters `*From:* x` or `**From:** x`, QQ `发件人: "x" <y>;`.
const label = (names: string) => new RegExp(`^[\\s*_|]{0,6}(?:${names})[\\s*_]{0,4}[:：]`, 'iu')

export const headerLabels = { from: label(fields.from), sent: label(fields.sent), subject: label(fields.subject) } as const

/** `-----Original Message-----` and its translations; never the marks of a forwarded mail, whose content is news. */
export const originalMark =
  /^\s*[-_=—]{2,}\s*(?:original(?:e|nachricht|t)?(?: message| mail)?|(?:ursprüngliche|original) ?nachricht|message d['’]origine|mensaje original|mensagem original|messaggio originale|oorspronkelijk bericht|ursprungligt meddelande|oprindelig meddelelse|opprinnelig melding|alkuperäinen viesti|wiadomość oryginalna|původní zpráva|исходное сообщение|orijinal mesaj|原始邮件|原始郵件|原邮件|元のメッセージ|원본 ?메시지)\s*[-_=—]{2,}\s*$/iu

/** The first words of an attribution that a client wrote, whatever comes between them and its colon. */
export const opening =
  /^\s{0,8}(?:On|At|Am|Le|El|Em|Il(?: giorno)?|Op|Den|Dne|Dnia|W dniu|На|在|于|於|\d{4}[-/.年]|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\p{Lu}\p{Ll}{1,9}\.?,? \d)/u

/** The verb of an attribution; in some languages the name comes after it. */
const wrote =
  /(?<!\p{L})(?:wrote|writes|schrieb|geschrieben|a écrit|escribió|escreveu|ha scritto|schreef|skrev|kirjoitti|napisał(?:\(a\)|a)?|napsal(?:\(a\)|a)?|пишет|написал(?:а|\(а\))?|yazdı)(?!\p{L})|写道|寫道|のメール|書きました|작성/iu

const address = /[^\s<>"'(),;:]{1,64}@[^\s<>"'(),;:]{1,100}/u

/** A time of day or a year, which a client puts into an attribution. */
const moment = /(?<!\d)\d{1,2}[:.h]\d{2}(?!\d)|(?<!\d)(?:19|20)\d\d(?!\d)/u

/** A line, or up to four lines that a client broke, which announces a quote marked with `>`: `On …, Ann <ann@example.com> wrote:`. */
export function isAttribution(text: string): boolean {
  return text.length <= 400 && /[:：]\s*$/.test(text) && moment.test(text) && (wrote.test(text) || address.test(text))
}

/** The same, beyond doubt: with an address and the verb, so that even what follows without `>` is the quote. */
export function isSureAttribution(text: string): boolean {
  return isAttribution(text) && wrote.test(text) && address.test(text) && opening.test(text)
}

/** What phones and apps add below a mail. A whole line. */
export const mobileSignature =
  /^\s*(?:sent (?:from|via|with|using) (?:my |the )?[\p{L}\p{N} .®™()-]{2,40}|get outlook for (?:ios|android)(?: ?<[^>]*>)?|sent from (?:outlook|mail|yahoo mail)[\p{L}\p{N} ]{0,30}(?: ?<[^>]*>| ?\[[^\]]*\])?|von meinem [\p{L}\p{N} .-]{2,40} gesendet|gesendet von (?:mail|outlook|meinem)[\p{L}\p{N} .-]{0,40}|envoyé (?:de(?:puis)?|à partir de) (?:mon |ma )?[\p{L}\p{N} .-]{2,40}|enviado (?:desde|do|de) (?:mi |meu )?[\p{L}\p{N} .-]{2,40}|inviato da(?:l mio)? ?[\p{L}\p{N} .-]{2,40}|verstuurd vanaf mijn [\p{L}\p{N} .-]{2,40}|skickat från min [\p{L}\p{N} .-]{2,40}|sendt fra min [\p{L}\p{N} .-]{2,40}|wysłane z [\p{L}\p{N} .-]{2,40}|отправлено (?:с|из) [\p{L}\p{N} .-]{2,40}|(?:发自|發自|从|從)我的? ?[\p{L}\p{N} .-]{2,30}|发送自 ?[\p{L}\p{N} .-]{2,30}|(?:iphone|ipad|android)から送信|나의 [\p{L}\p{N} .-]{2,30}에서 보냄)[.。]?\s*$/iu

/** Someone who says so has written between or below the quoted lines. */
export const saysInline =
  /\b(?:below|inline|in-line|in (?:red|blue|green|bold|colou?r)|between the lines|unten|ci-dessous|plus bas|en rouge|abajo|en rojo|abaixo|sotto|di seguito|hieronder|nedan|nedenfor|poniżej|ниже)\b|见下|见如下|如下|下面|下方|以下|红字|紅字|蓝字|藍字|下記|아래/iu
