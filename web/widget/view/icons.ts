// The widget's drawings: outlines on a grid of 24, in the colour of the text around them.
const outlines = {
  chat: 'M4.5 5.5h15a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H12l-4.5 4v-4h-3a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1Z M8 9.5h8 M8 12.5h5',
  close: 'M6 6l12 12 M18 6 6 18',
  send: 'M12 20V5 M5.5 11.5 12 5l6.5 6.5',
  attach: 'M20 11.5l-7.6 7.6a5 5 0 0 1-7.1-7.1l8-8a3.3 3.3 0 0 1 4.7 4.7l-7.9 7.9a1.7 1.7 0 0 1-2.4-2.4l7.2-7.2',
  file: 'M7 3.5h7l4.5 4.5v11.5a1 1 0 0 1-1 1H7a1 1 0 0 1-1-1V4.5a1 1 0 0 1 1-1Z M14 3.5V8h4.5 M9 12.5h6 M9 16h6',
  film: 'M4 6.5a1 1 0 0 1 1-1h14a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1Z M10 9.2v5.6l4.8-2.8Z',
  down: 'M12 5v14 M5.5 12.5 12 19l6.5-6.5',
  wrench: 'M14.7 6.3a4.2 4.2 0 0 1 5-1.1l-2.6 2.6.4 2.3 2.3.4 1.5-2.6a4.2 4.2 0 0 1-5.9 4.9l-6.9 6.9a2 2 0 0 1-2.8-2.8l6.9-6.9a4.2 4.2 0 0 1 2.1-3.7Z',
  waiting: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16Z M12 8v4.3l2.8 1.7',
} as const

export type Icon = keyof typeof outlines

const namespace = 'http://www.w3.org/2000/svg'

export function icon(name: Icon): SVGSVGElement {
  const drawing = document.createElementNS(namespace, 'svg')
  drawing.setAttribute('viewBox', '0 0 24 24')
  drawing.setAttribute('aria-hidden', 'true')
  drawing.setAttribute('class', 'icon')
  const path = document.createElementNS(namespace, 'path')
  path.setAttribute('d', outlines[name])
  drawing.append(path)
  return drawing
}
