// The serial number and the error code of the thing to be repaired.
import { fold } from '../fold.ts'
import type { Span } from '../span.ts'

const announced =
  /(?<![a-z0-9])(?:s\s?\/\s?n|sn|ser(?:ial)?\.?\s*(?:number|no\.?|num\.?|nr\.?|#|code)?|serial)\s*(?:is|=|:|#|was|reads)?\s*(?:is\s+)?[:#]?\s*|(?:产品|机器|设备)?(?:序列号码?|序号|机身号|机器编号|产品编号|设备编号|出厂编号|编号|(?<!手)机号)\s*(?:是|为|:)?\s*/gu
const code = /^[a-z0-9](?:[a-z0-9]|[-/._](?=[a-z0-9])| (?=[a-z0-9]*\d[a-z0-9-]*\b)(?! ?\d{1,2} ))*/

export function readSerial(text: string): string | undefined {
  const span = readSerialSpan(text)
  return span === undefined ? undefined : text.slice(span.start, span.end).normalize('NFKC').toUpperCase()
}

/** Only where it is announced as one; a bare code is a serial number only in answer to that question, which the flow knows. */
export function readSerialSpan(text: string): Span | undefined {
  const folded = fold(text)
  for (const match of folded.matchAll(announced)) {
    const start = match.index + match[0].length
    const found = serialAt(folded.slice(start))
    if (found !== undefined) return { start, end: start + found.length }
  }
  return undefined
}

function serialAt(rest: string): string | undefined {
  const whole = code.exec(rest)?.[0]
  if (whole === undefined) return undefined
  const first = whole.split(' ')[0] ?? whole
  const found = /\d/.test(first) && first.length >= 5 ? first : whole
  return /\d/.test(found) && found.replace(/[^a-z0-9]/g, '').length >= 4 && found.length <= 32 ? found : undefined
}

/** `E03`, `F-12`, `error 404`, `code 5`, `故障码E5`, `报错 12`. */
export function readErrorCode(text: string): string | undefined {
  const folded = fold(text)
  const announcedCode =
    /(?:\berror(?:\s*(?:code|message|number|no\.?))?|\bfault(?:\s*code)?|\b(?:error\s*)?code|报错|错误(?:代码|码)?|故障(?:代码|码)|代码|显示)\s*(?:is|of|shows?|says|:|#|是|为)?\s*["'“「]?([a-z]{0,3}-?\d{1,4}[a-z]?)(?![a-z0-9])/.exec(
      folded,
    )
  const bareCode = /(?<![\p{Script=Latin}\p{N}-])([efh][-:]?\d{1,3}|er+-?\d{1,3})(?![\p{Script=Latin}\p{N}-]|\.\d)/u.exec(
    folded.replace(/\b[efh]\d{1,3}\s+(?=treadmill|model|bike)/g, (part) => ' '.repeat(part.length)),
  )
  return (announcedCode?.[1] ?? bareCode?.[1])?.toUpperCase().replace(/\s/g, '')
}
