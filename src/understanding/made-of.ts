// Is a text nothing but certain words? Takes them off the front one by one, so that no repetition can make it slow.

/** The longest words first: the first one that fits is taken, and nothing is tried again. */
export function wordList(...words: readonly string[]): RegExp {
  return new RegExp(`(?:${words.toSorted((one, other) => other.length - one.length).join('|')})(?![a-z0-9'])\\s*`, 'y')
}

export function isMadeOf(text: string, words: RegExp): boolean {
  let at = 0
  while (at < text.length) {
    words.lastIndex = at
    const taken = words.exec(text)?.[0].length ?? 0
    if (taken === 0) return false
    at += taken
  }
  return text !== ''
}
