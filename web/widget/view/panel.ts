// The button in the corner and the dialog it opens: floating on a desk, the whole page on a phone.
import type { Status } from '../connection.ts'
import type { Texts } from '../texts.ts'
import { element } from './element.ts'
import { icon } from './icons.ts'

export interface Panel {
  nodes: HTMLElement[]
  isOpen(): boolean
  open(focus: boolean): void
  close(): void
  unread(count: number): void
  status(status: Status): void
}

/** The same as in the style sheet. */
const phone = '(max-width: 520px), (max-height: 420px)'

export function createPanel(
  words: Texts,
  title: string,
  parts: { log: HTMLElement; composer: HTMLElement; focusComposer: () => void },
  on: { open: () => void; close: () => void; drop: (files: FileList) => void },
): Panel {
  const badge = element('span', { class: 'badge', 'aria-hidden': 'true', hidden: true })
  const launcher = element(
    'button',
    { type: 'button', class: 'launcher', 'aria-haspopup': 'dialog', 'aria-expanded': 'false', 'aria-label': words.open },
    icon('chat'),
    badge,
  )
  const close = element('button', { type: 'button', class: 'close', 'aria-label': words.close, title: words.close }, icon('close'))
  const heading = element('h2', { id: 'title', tabindex: '-1' }, title)
  const header = element(
    'header',
    {},
    element('div', { class: 'mark', 'aria-hidden': 'true' }, icon('wrench')),
    element('div', { class: 'heading' }, heading, element('p', {}, words.subtitle)),
    close,
  )
  const notice = element('div', { class: 'notice', role: 'status' })
  const dropHint = element('div', { class: 'drop', 'aria-hidden': 'true' }, words.drop)
  const panel = element(
    'section',
    { class: 'panel', role: 'dialog', 'aria-labelledby': 'title', hidden: true },
    header,
    notice,
    parts.log,
    parts.composer,
    dropHint,
  )
  const small = matchMedia(phone)
  let saying: ReturnType<typeof setTimeout> | undefined

  const modal = () => panel.setAttribute('aria-modal', String(small.matches))
  modal()
  small.addEventListener('change', modal)

  function open(focus: boolean): void {
    panel.hidden = false
    launcher.setAttribute('aria-expanded', 'true')
    launcher.classList.add('opened')
    on.open()
    if (!focus) return
    // On a phone the field would bring up the keyboard over what there is to read.
    if (small.matches) heading.focus()
    else parts.focusComposer()
  }

  function shut(): void {
    panel.hidden = true
    launcher.setAttribute('aria-expanded', 'false')
    launcher.classList.remove('opened')
    launcher.focus()
    on.close()
  }

  launcher.addEventListener('click', () => (panel.hidden ? open(true) : shut()))
  close.addEventListener('click', shut)
  panel.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.isComposing) shut()
    else if (event.key === 'Tab' && small.matches) stayInside(event, panel)
  })
  acceptDrops(panel, on.drop)
  fitAboveKeyboard(panel)

  return {
    nodes: [panel, launcher],
    isOpen: () => !panel.hidden,
    open,
    close: shut,
    unread(count) {
      badge.hidden = count === 0
      badge.textContent = count > 9 ? '9+' : String(count)
      launcher.setAttribute('aria-label', count === 0 ? words.open : words.openUnread(count))
    },
    status(status) {
      clearTimeout(saying)
      const say = (text: string) => {
        if (notice.textContent !== text) notice.textContent = text
      }
      if (status === 'online') say('')
      else if (status === 'offline') say(words.offline)
      // Mostly it takes a moment only, which is not worth a word.
      else saying = setTimeout(() => say(words.connecting), 2000)
    },
  }
}

/** Where the dialog covers the page, Tab goes round in it. */
function stayInside(event: KeyboardEvent, panel: HTMLElement): void {
  const all = [...panel.querySelectorAll<HTMLElement>('button, a[href], textarea, [tabindex="0"]')]
  const stops = all.filter((stop) => stop.checkVisibility() && !stop.matches(':disabled'))
  const root = panel.getRootNode()
  const current = root instanceof ShadowRoot ? root.activeElement : document.activeElement
  const end = event.shiftKey ? stops[0] : stops.at(-1)
  if (current !== end) return
  event.preventDefault()
  const target = event.shiftKey ? stops.at(-1) : stops[0]
  target?.focus()
}

function acceptDrops(panel: HTMLElement, onDrop: (files: FileList) => void): void {
  let depth = 0
  const mark = (change: number) => {
    depth = Math.max(0, depth + change)
    panel.classList.toggle('dropping', depth > 0)
  }
  const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
  panel.addEventListener('dragenter', (event) => holdsFiles(event) && mark(1))
  panel.addEventListener('dragleave', (event) => holdsFiles(event) && mark(-1))
  panel.addEventListener('dragover', (event) => holdsFiles(event) && event.preventDefault())
  panel.addEventListener('drop', (event) => {
    mark(-depth)
    if (event.dataTransfer === null || event.dataTransfer.files.length === 0) return
    event.preventDefault()
    onDrop(event.dataTransfer.files)
  })
}

/** iOS lays its keyboard over the page and changes only the visual viewport. */
function fitAboveKeyboard(panel: HTMLElement): void {
  const { visualViewport } = globalThis
  visualViewport?.addEventListener('resize', () => {
    panel.style.setProperty('--height', `${visualViewport.height}px`)
  })
}
