// Puts the parts of the widget together on the page.
import { seqOf, type Frame, type ShownAttachment } from './activity.ts'
import { createConnection, type Status } from './connection.ts'
import { createDirectLine } from './direct-line.ts'
import { createOutbox, type Draft, type Rejection } from './outbox.ts'
import { createSession } from './session.ts'
import { createStorage } from './storage.ts'
import { chooseLanguage, texts, type Texts } from './texts.ts'
import { createTranscript } from './transcript.ts'
import { createComposer } from './view/composer.ts'
import { createDates } from './view/dates.ts'
import { createLog } from './view/log.ts'
import { createPanel } from './view/panel.ts'
import { createWaitingFiles } from './waiting-files.ts'
import styles from './widget.css?inline'

export interface WidgetOptions {
  /** Where the script came from: the server to talk to. */
  base: string
  lang: string | undefined
  title: string | undefined
  open: boolean
}

/** Without a further sign of typing the indicator goes. */
const typingMs = 12_000

export function mount(options: WidgetOptions): void {
  const language = chooseLanguage([options.lang, ...navigator.languages])
  const words = texts[language]
  const locale = options.lang ?? navigator.languages.find((one) => one.startsWith(language)) ?? language
  const storage = createStorage(() => localStorage, options.base)
  const visit = createStorage(() => sessionStorage, options.base)
  const transcript = createTranscript()
  const line = createDirectLine(options.base)
  const session = createSession(line, storage, () => {
    transcript.restart()
    connection.restart()
    refresh()
  })
  const outbox = createOutbox({ line, session, storage, files: createWaitingFiles(options.base), locale }, { stored, rejected })
  const connection = createConnection(line, session, { frame: receive, status: follow })
  const composer = createComposer(words, (text, files) => send({ text, files }))
  const log = createLog(words, createDates(locale, Date.now), ({ label, value }, { id }) => {
    send({ text: label, files: [], choice: value, replyToId: id })
    composer.focus()
  })
  const panel = createPanel(
    words,
    options.title ?? words.title,
    { log: log.node, composer: composer.node, focusComposer: () => composer.focus() },
    {
      drop: (files) => composer.add(files),
      open() {
        visit.write('open', true)
        connection.start()
        log.toEnd()
        read()
      },
      close: () => visit.write('open', false),
    },
  )
  let typingEnds: ReturnType<typeof setTimeout> | undefined

  function refresh(): void {
    log.show(transcript.entries())
    read()
  }

  /** What has been before the visitor's eyes is no news, in this visit and the next. */
  function read(): void {
    const seen = Number(storage.read('seen')) || 0
    const fromDesk = transcript.entries().filter((entry) => entry.side === 'desk' && entry.seq > seen)
    const newest = fromDesk.at(-1)?.seq
    if (newest !== undefined && panel.isOpen() && !document.hidden) {
      storage.write('seen', newest)
      panel.unread(0)
    } else panel.unread(fromDesk.length)
  }

  function receive(frame: Frame): void {
    for (const message of frame.messages) {
      transcript.take(message)
      if (message.clientId !== '') outbox.arrived(message.clientId)
    }
    const spoken = frame.messages.some((message) => message.side === 'desk')
    if (spoken || frame.typing) {
      clearTimeout(typingEnds)
      log.typing(frame.typing && !spoken ? lastSpeaker() : undefined)
      typingEnds = setTimeout(() => log.typing(undefined), typingMs)
    }
    if (frame.messages.length > 0) refresh()
  }

  function follow(status: Status): void {
    panel.status(status)
    if (status !== 'online') log.typing(undefined)
  }

  function lastSpeaker(): string {
    return transcript.entries().findLast((entry) => entry.side === 'desk')?.speaker ?? ''
  }

  function send(draft: Draft): void {
    const message = outbox.add(draft)
    transcript.wait(message, draft.files.map(attachmentOf))
    refresh()
    log.toEnd()
  }

  function stored(id: string, storedAs: string): void {
    transcript.stored(id, storedAs, seqOf(storedAs))
    refresh()
  }

  function rejected(id: string, why: Rejection): void {
    transcript.rejected(id, problemOf(why, words))
    refresh()
  }

  const host = document.createElement('mendline-chat')
  host.lang = locale
  const root = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(styles)
  root.adoptedStyleSheets = [sheet]
  root.append(...panel.nodes)
  document.body.append(host)

  // Any button of the page may open the chat.
  document.addEventListener('click', ({ target }) => {
    if (target instanceof Element && target.closest('[data-mendline-open]') !== null && !panel.isOpen()) panel.open(true)
  })
  document.addEventListener('visibilitychange', read)

  void resume()

  /** What an earlier visit left: messages to send, a conversation to go on with, an open window. */
  async function resume(): Promise<void> {
    for (const message of outbox.waiting()) transcript.wait(message, (await outbox.files(message.id)).map(attachmentOf))
    refresh()
    outbox.wake()
    if (session.exists()) connection.start()
    if (visit.read('open') ?? options.open) panel.open(false)
  }
}

function attachmentOf(file: File): ShownAttachment {
  return { name: file.name, contentType: file.type, url: URL.createObjectURL(file) }
}

function problemOf(why: Rejection, words: Texts): string {
  if (why === 'files_lost') return words.fileLost
  if (why.status === 413) return words.tooLarge
  return why.status === 415 ? words.wrongType : words.notSent
}
