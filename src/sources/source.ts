// A source: a system that sends us webhooks, with its secret and the reader of its JSON.
import { readerOf, type ReadInput } from './read-input.ts'
import { secretVariable, type SourceSetting } from './settings.ts'

export interface Source {
  name: string
  auth: SourceSetting['auth']
  /** Lower case. */
  idHeader: string | undefined
  secret: string
  read: ReadInput
}

export interface SourcesRead {
  sources: Source[]
  /** A line each, saying what to do. */
  problems: string[]
}

/** `secrets`: by the names of their variables. */
export function readSources(settings: readonly SourceSetting[], secrets: Readonly<Record<string, string>>): SourcesRead {
  const problems: string[] = []
  const sources = settings.flatMap(({ source: name, auth, idHeader, shapes }) => {
    const variable = secretVariable(name)
    const secret = secrets[variable]
    const wrong = secret === undefined ? `set it to the secret that the source ${name} of webhooks.in signs with` : wrongSecret(auth, secret)
    if (wrong !== undefined || secret === undefined) {
      problems.push(`${variable}: ${wrong}`)
      return []
    }
    return [{ name, auth, idHeader: idHeader?.toLowerCase(), secret, read: readerOf(name, shapes) }]
  })
  const known = new Set(settings.map(({ source }) => secretVariable(source)))
  for (const variable of Object.keys(secrets))
    if (!known.has(variable)) problems.push(`${variable}: webhooks.in of mendline.yaml has no such source; name it there, or remove the variable`)
  return { sources, problems }
}

/** The same systems under new settings: their secrets stay. */
export function mendSources(sources: readonly Source[], settings: readonly SourceSetting[]): readonly Source[] {
  return readSources(settings, Object.fromEntries(sources.map(({ name, secret }) => [secretVariable(name), secret]))).sources
}

function wrongSecret(auth: SourceSetting['auth'], secret: string): string | undefined {
  if (auth === 'standard') {
    const bytes = Buffer.from(secret.replace(/^whsec_/, ''), 'base64').length
    return secret.startsWith('whsec_') && bytes >= 16 ? undefined : 'must be whsec_ and 24 to 64 bytes in base64, as Standard Webhooks has it'
  }
  if (auth === 'basic') return /^[^:]+:.{8,}$/.test(secret) ? undefined : 'must be user:password, the password of 8 characters or more'
  return secret.length >= 8 ? undefined : 'must have at least 8 characters'
}
