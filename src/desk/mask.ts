// An address so that staff can tell two apart, but not copy it from a screen.

/** `ann@example.org` is `a•••@example.org`, `+14155550100` is `+1•••0100`, any other the last four characters. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@')
  if (at > 0) return `${[...address][0]}•••${address.slice(at)}`
  return address.startsWith('+') ? `${address.slice(0, 2)}•••${address.slice(-4)}` : `•••${address.slice(-4)}`
}
