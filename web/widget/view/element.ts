// Makes elements; text is always set as text, so nothing that anybody wrote becomes markup.
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string | boolean>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name)
  for (const [attribute, value] of Object.entries(attributes)) if (value !== false) made.setAttribute(attribute, value === true ? '' : value)
  made.append(...children)
  return made
}

/** Read out, not shown. */
export function spoken(text: string): HTMLSpanElement {
  return element('span', { class: 'spoken' }, text)
}
