// The files chosen for the next message: checked, previewed, taken back.
import type { Texts } from '../texts.ts'
import { element } from './element.ts'
import { icon } from './icons.ts'

export interface PickedFiles {
  node: HTMLElement
  add(files: Iterable<File>): void
  /** Hands over what was chosen, and is empty. */
  take(): File[]
  count(): number
}

const fileLimit = 20 * 1024 * 1024
const mostFiles = 10

/** What the server takes too; it looks at the bytes, we at what the browser says. Undeclared types are left to the server. */
const taken = /^(image|video|text)\/|^application\/pdf$|^$/

export const acceptedTypes = 'image/*,video/*,application/pdf,text/plain'

export function createPickedFiles(words: Texts, on: { change: () => void; problem: (text: string) => void }): PickedFiles {
  const node = element('ul', { class: 'picked', 'aria-label': words.attached, hidden: true })
  let picked: { file: File; item: HTMLElement; url: string }[] = []

  function changed(): void {
    node.hidden = picked.length === 0
    on.change()
  }

  function remove(item: HTMLElement): void {
    const gone = picked.find((one) => one.item === item)
    if (gone === undefined) return
    picked = picked.filter((one) => one !== gone)
    URL.revokeObjectURL(gone.url)
    item.remove()
    changed()
  }

  function preview(file: File, url: string): HTMLElement {
    const drawing = icon(file.type.startsWith('video/') ? 'film' : 'file')
    const plain = element('span', { class: 'picked-file' }, drawing, element('span', { class: 'picked-name' }, file.name))
    const shown = file.type.startsWith('image/') ? element('img', { src: url, alt: words.photo(file.name) }) : plain
    shown.addEventListener('error', () => shown.replaceWith(plain))
    const button = element('button', { type: 'button', class: 'remove', 'aria-label': words.remove(file.name) }, icon('close'))
    const item = element('li', {}, shown, button)
    button.addEventListener('click', () => remove(item))
    return item
  }

  function refusal(file: File): string | undefined {
    if (picked.length >= mostFiles) return words.tooMany
    if (file.size > fileLimit) return words.tooLarge
    return taken.test(file.type) ? undefined : words.wrongType
  }

  return {
    node,
    count: () => picked.length,
    add(files) {
      let problem = ''
      for (const file of files) {
        const refused = refusal(file)
        if (refused !== undefined) problem = refused
        else {
          const url = URL.createObjectURL(file)
          const item = preview(file, url)
          picked.push({ file, item, url })
          node.append(item)
        }
      }
      on.problem(problem)
      changed()
    },
    take() {
      const files = picked.map(({ file }) => file)
      for (const { url } of picked) URL.revokeObjectURL(url)
      picked = []
      node.replaceChildren()
      changed()
      return files
    },
  }
}
