// The HTML side of a mail: the same words, escaped, readable on a phone, without images, scripts or anything to load.
import type { OutboundMessage } from '../../src/message.ts'

export function mailHtml(message: Pick<OutboundMessage, 'fullText' | 'choices' | 'language'>, title: string): string {
  const paragraphs = message.fullText.split(/\n{2,}/).map((paragraph) => `<p style="margin:0 0 1em">${withLinks(paragraph.trim()).replace(/\n/g, '<br>')}</p>`)
  const items = message.choices.map(({ label }) => `<li>${escape(label)}</li>`)
  return [
    `<!doctype html><html lang="${message.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title></head>`,
    '<body style="margin:0;padding:16px;max-width:40em;font:16px/1.5 -apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif">',
    ...paragraphs,
    ...(items.length > 0 ? [`<ol style="margin:0 0 1em;padding-left:1.5em">${items.join('')}</ol>`] : []),
    '</body></html>',
  ].join('\n')
}

function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
}

/** Web addresses become links; a full stop or bracket at the end belongs to the sentence. */
function withLinks(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part, index) => {
      if (index % 2 === 0) return escape(part)
      const url = part.replace(/[.,;:!?)\]}。，；：！？）】]+$/, '')
      return `<a href="${escape(url)}">${escape(url)}</a>${escape(part.slice(url.length))}`
    })
    .join('')
}
