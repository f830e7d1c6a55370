// Where a mail's own words end and its signature begins: what stands in a signature was not said.

const closings =
  /^(?:(?:with )?(?:best|kind|warm|kindest|many|all the)? ?(?:regards|wishes|thanks|best)|regards|rgds|br|cheers|sincerely|yours(?: \w+)?|thank you(?: (?:very|so) much| in advance)?|thanks(?: (?:a lot|so much|again|in advance|very much))?|ta|mit freundlichen grüßen|此致|敬礼|顺祝商祺|祝好|谢谢|谢谢您?|多谢|感谢)[\s,.!，。！]*$/iu
/** A line in which somebody says something. */
const says = /\b(?:my|our|your|is|are|am|i|we|you|it|the|please|can|call|was|has)\b|我|们|你|您|请|的|了|坏|吗/i
const business =
  /\||\b(?:www\.|https?:|gmbh|ltd|inc|llc|corp|co\.|ag|limited|manager|director|engineer|office|head of|department|fax)\b|^(?:t|m|p|f|e|tel|mob|mobile|phone|cell|office|fax|direct|w)\s*[.:]|公司|经理|部门|主管|传真/im
const mostLines = 9

/** The index at which the signature begins; the length of the text where there is none. */
export function signatureStart(text: string): number {
  const lines = linesOf(text)
  const from = Math.max(0, lines.length - mostLines - 1)
  for (let index = from; index < lines.length; index++) {
    const line = lines[index]
    if (line === undefined) break
    const after = lines.slice(index + 1)
    const told = after.filter(({ words }) => words !== '')
    if (closings.test(line.words) && told.length > 0 && told.length <= mostLines && isNoSpeech(told)) return line.start
    if (/^--+$/.test(line.words) && told.length > 0) return line.start
  }
  return businessCard(text, lines)
}

interface Line {
  start: number
  words: string
}

function linesOf(text: string): Line[] {
  let start = 0
  return text.split('\n').map((written) => {
    const line = { start, words: written.trim() }
    start += written.length + 1
    return line
  })
}

function isNoSpeech(lines: readonly Line[]): boolean {
  return lines.every(({ words }) => words.length <= 60 && !says.test(words) && !/[?？]/.test(words))
}

/** No closing words: a last paragraph that begins with a name and shows where somebody works. */
function businessCard(text: string, lines: readonly Line[]): number {
  const lastEmpty = lines.findLastIndex(({ words }, index) => words === '' && index < lines.length - 1)
  const card = lines.slice(lastEmpty + 1).filter(({ words }) => words !== '')
  const [name] = card
  if (lastEmpty < 0 || name === undefined || card.length < 2 || card.length > mostLines || !isNoSpeech(card)) return text.length
  const isName = /^\p{Lu}[\p{L}'’.-]+(?: \p{Lu}[\p{L}'’.-]*){1,3}$|^\p{Script=Han}{2,4}$/u.test(name.words)
  return isName && card.some(({ words }) => business.test(words)) ? name.start : text.length
}
