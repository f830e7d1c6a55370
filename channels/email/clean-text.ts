// Makes text safe to store and show: no control characters, no half characters, LF line ends.

// C0 controls but TAB and LF, DEL, C1 controls.
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g

// Direction overrides make a name or file name read backwards (`gpj.exe`).
const overrides = /[\u202a-\u202e\u2066-\u2069]/g

/** Several lines: TAB and LF stay. */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029\u000b\u000c]/g, '\n')
    .replace(controls, '')
    .toWellFormed()
}

/** One line of at most `limit` characters, for subjects and names. */
export function cleanLine(text: string, limit: number): string {
  return cleanText(text).replace(overrides, '').replace(/\s+/g, ' ').trim().slice(0, limit).toWellFormed()
}
