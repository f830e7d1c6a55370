// Codes as a voice-to-text keyboard writes them: "k p dash two zero three nine one".
const digits: Readonly<Record<string, string>> = {
  zero: '0',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  零: '0',
  一: '1',
  幺: '1',
  二: '2',
  三: '3',
  四: '4',
  五: '5',
  六: '6',
  七: '7',
  八: '8',
  九: '9',
}
const marks: Readonly<Record<string, string>> = { dash: '-', hyphen: '-', minus: '-', slash: '/', 杠: '-', 横杠: '-' }
const piece =
  /(dash|hyphen|minus|slash|横杠|杠|zero|one|two|three|four|five|six|seven|eight|nine|[零一幺二三四五六七八九]|[a-z](?![a-z'\d])|\d)(?:[ ,]+|$|(?=[零一幺二三四五六七八九横杠]))/y

/** The code at the beginning of folded text, and how many characters of the text it takes. Undefined when nobody spelt it out. */
export function readSpokenCode(folded: string): { code: string; length: number } | undefined {
  let read = ''
  let pieces = 0
  let length = 0
  piece.lastIndex = 0
  for (let match = piece.exec(folded); match !== null; match = piece.exec(folded)) {
    const [whole, word = ''] = match
    read += digits[word] ?? marks[word] ?? word
    pieces++
    length = match.index + whole.trimEnd().length
  }
  const compact = read.replace(/[^a-z0-9]/g, '')
  return pieces >= 4 && /\d/.test(compact) && compact.length >= 5 && compact.length <= 20 ? { code: read.replace(/-+$/, ''), length } : undefined
}
