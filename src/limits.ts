// Counting how often something is done: so many times a minute per bucket, shared by all processes where there is a server to share.

export interface Taken {
  allowed: boolean
  limit: number
  /** Left in this minute. */
  remaining: number
  /** Until the bucket is full again. */
  resetMs: number
}

export interface Limits {
  /** Counts one more. Never fails: when the server that counts is away, this process counts for itself. */
  take(bucket: string, limit: number): Promise<Taken>
}
