// Runs in the page, so it is one function that needs nothing from outside.

/** The contrast (WCAG 2.2) of every text that is shown, opacity included. */
export function contrasts(): [string, number][] {
  const root = document.querySelector('mendline-chat')?.shadowRoot
  if (!root) return []
  const channels = (color: string) => {
    const [r = 0, g = 0, b = 0, a = 1] = (color.match(/[\d.]+/g) ?? []).map(Number)
    return { r, g, b, a }
  }
  const over = (top: ReturnType<typeof channels>, below: ReturnType<typeof channels>, alpha = top.a) => ({
    r: top.r * alpha + below.r * (1 - alpha),
    g: top.g * alpha + below.g * (1 - alpha),
    b: top.b * alpha + below.b * (1 - alpha),
    a: 1,
  })
  const linear = (value: number) => (value <= 10.31475 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4)
  const light = (color: ReturnType<typeof channels>) => 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b)
  const background = (node: Element | null): ReturnType<typeof channels> => {
    if (node === null) return channels('255, 255, 255, 1')
    const own = channels(getComputedStyle(node).backgroundColor)
    return own.a === 1 ? own : over(own, background(node.parentElement))
  }
  const found: [string, number][] = []
  for (const node of root.querySelectorAll('*')) {
    const text = [...node.childNodes]
      .filter((child) => child instanceof Text)
      .map((child) => child.textContent)
      .join('')
      .trim()
    if (text === '' || node.closest('.spoken, [hidden], .drop, :disabled') !== null || !node.checkVisibility()) continue
    const behind = background(node)
    const faded = Number(getComputedStyle(node).opacity)
    const front = over(channels(getComputedStyle(node).color), behind, faded)
    const [a, b] = [light(front), light(behind)]
    found.push([`${node.className || node.tagName}: ${text}`, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)])
  }
  return found
}
