// Problem details (RFC 9457): every refusal of the API in one shape.
import type { HttpReply } from '../channel.ts'

export function problem(status: number, title: string, detail: string, more: Readonly<Record<string, unknown>> = {}): HttpReply {
  return {
    status,
    headers: { 'content-type': 'application/problem+json; charset=utf-8' },
    body: JSON.stringify({ type: 'about:blank', title, status, detail, ...more }),
  }
}

export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): HttpReply {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8', ...headers }, body: JSON.stringify(body) }
}
