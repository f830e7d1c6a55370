// Words as a transcript expects them: `…` stands for anything on its line, a line of its own for any lines, `{name}` for a word that is the same from then on.

export type Names = ReadonlyMap<string, string>

/** Undefined when it is something else that was said; else the words that the names stand for now. */
export function matchLines(expected: readonly string[], heard: readonly string[], names: Names): Names | undefined {
  const met = new Set<string>()
  const pattern = expected.map((line) => (line.trim() === '…' ? '(?:.*\\n)*' : `${patternOf(line, names, met)}\\n`)).join('')
  const found = new RegExp(`^${pattern}$`, 'u').exec(heard.map((line) => `${line}\n`).join(''))
  return found === null ? undefined : new Map([...names, ...Object.entries(found.groups ?? {})])
}

/** The words with what the names stand for. */
export function fillNames(text: string, names: Names): string {
  return text.replace(name, (whole, called: string) => names.get(called) ?? whole)
}

const name = /\{([a-z]\w*)\}/gi

function patternOf(line: string, names: Names, met: Set<string>): string {
  return line
    .split(/(\{[a-z]\w*\}|…)/i)
    .map((part) => {
      const called = /^\{(\w+)\}$/.exec(part)?.[1]
      if (part === '…') return '.*'
      if (called === undefined) return RegExp.escape(part)
      const known = names.get(called)
      if (known !== undefined) return RegExp.escape(known)
      if (met.has(called)) return `\\k<${called}>`
      met.add(called)
      return `(?<${called}>[\\w-]+)`
    })
    .join('')
}
