// The chat widget: one script tag puts it on any page. Settings are the tag's own attributes: data-lang, data-title, data-open.
import { mount } from './mount.ts'

const script = document.currentScript

if (script instanceof HTMLScriptElement && document.querySelector('mendline-chat') === null) {
  const base = new URL('.', script.src).href
  const { lang, title, open } = script.dataset
  const start = () => mount({ base, lang, title, open: open !== undefined })
  if (document.body === null) addEventListener('DOMContentLoaded', start, { once: true })
  else start()
}
