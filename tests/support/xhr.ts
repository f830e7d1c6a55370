// The part of XMLHttpRequest that rxjs 5 (inside Microsoft's Direct Line client) uses, over fetch: Node has none. In a browser the client runs on the real one.

type Body = string | FormData | null

export class FetchXhr {
  readyState = 0
  status = 0
  response: unknown = null
  responseText = ''
  responseType = ''
  timeout = 0
  withCredentials = false
  onreadystatechange: (() => void) | null = null
  ontimeout: (() => void) | null = null
  readonly #headers = new Headers()
  readonly #abort = new AbortController()
  #method = 'GET'
  #url = ''
  #answer = new Headers()

  open(method: string, url: string): void {
    this.#method = method
    this.#url = url
    this.readyState = 1
  }

  setRequestHeader(name: string, value: string): void {
    this.#headers.append(name, value)
  }

  getResponseHeader(name: string): string | null {
    return this.#answer.get(name)
  }

  getAllResponseHeaders(): string {
    return [...this.#answer].map(([name, value]) => `${name}: ${value}`).join('\r\n')
  }

  abort(): void {
    this.#abort.abort()
  }

  send(body: Body = null): void {
    void this.#run(body ?? null)
  }

  async #run(body: Body): Promise<void> {
    try {
      const response = await fetch(this.#url, { method: this.#method, headers: this.#headers, body, signal: this.#abort.signal })
      this.#answer = response.headers
      if (this.responseType === 'arraybuffer') this.response = await response.arrayBuffer()
      else {
        this.responseText = await response.text()
        this.response = this.responseType === 'json' && this.responseText !== '' ? JSON.parse(this.responseText) : this.responseText
      }
      this.status = response.status
    } catch {
      this.status = 0
    }
    this.readyState = 4
    this.onreadystatechange?.()
  }
}
