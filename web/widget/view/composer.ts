// Where the visitor writes: text that grows, files by button, paste and drop.
import type { Texts } from '../texts.ts'
import { element } from './element.ts'
import { icon } from './icons.ts'
import { acceptedTypes, createPickedFiles } from './picked-files.ts'

export interface Composer {
  node: HTMLElement
  add(files: Iterable<File>): void
  focus(): void
}

/** The server's limit. */
const textLimit = 8000

export function createComposer(words: Texts, onSend: (text: string, files: File[]) => void): Composer {
  const field = element('textarea', {
    rows: '1',
    maxlength: String(textLimit),
    placeholder: words.placeholder,
    'aria-label': words.message,
    enterkeyhint: 'send',
    dir: 'auto',
  })
  const chooser = element('input', { type: 'file', multiple: true, accept: acceptedTypes, hidden: true, 'aria-label': words.attach })
  const attach = element('button', { type: 'button', class: 'tool', 'aria-label': words.attach, title: words.attach }, icon('attach'))
  const send = element('button', { type: 'submit', class: 'send', 'aria-label': words.send, title: words.send, disabled: true }, icon('send'))
  const problem = element('div', { class: 'problem', role: 'alert' })
  const picked = createPickedFiles(words, {
    change: refresh,
    problem: (text) => {
      problem.textContent = text
    },
  })
  const row = element('div', { class: 'row' }, attach, chooser, field, send)
  const node = element('form', { class: 'composer', novalidate: true }, problem, picked.node, row)

  function refresh(): void {
    send.disabled = field.value.trim() === '' && picked.count() === 0
  }

  function grow(): void {
    field.style.height = 'auto'
    field.style.height = `${Math.min(field.scrollHeight, 140)}px`
  }

  field.addEventListener('input', () => {
    refresh()
    grow()
  })
  field.addEventListener('keydown', (event) => {
    // While an input method composes (Chinese, Japanese), Enter picks a word.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return
    event.preventDefault()
    node.requestSubmit()
  })
  field.addEventListener('paste', (event) => {
    const files = event.clipboardData?.files ?? []
    if (files.length === 0) return
    event.preventDefault()
    picked.add(files)
  })
  attach.addEventListener('click', () => chooser.click())
  chooser.addEventListener('change', () => {
    picked.add(chooser.files ?? [])
    chooser.value = ''
    field.focus()
  })
  node.addEventListener('submit', (event) => {
    event.preventDefault()
    const text = field.value.trim()
    if (text === '' && picked.count() === 0) return
    field.value = ''
    problem.textContent = ''
    const files = picked.take()
    refresh()
    grow()
    onSend(text, files)
    field.focus()
  })

  return { node, add: (files) => picked.add(files), focus: () => field.focus() }
}
