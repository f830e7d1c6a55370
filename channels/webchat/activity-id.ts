// An activity's id: its conversation and its place in it, as Direct Line writes them.

export function activityId(conversation: string, seq: number): string {
  return `${conversation}|${String(seq).padStart(7, '0')}`
}

/** The place in this conversation that an id names. */
export function seqOf(conversation: string, id: string): number | undefined {
  const [of, seq, ...rest] = id.split('|')
  return of === conversation && rest.length === 0 && seq !== undefined && /^\d{7,15}$/.test(seq) && Number(seq) > 0 ? Number(seq) : undefined
}
