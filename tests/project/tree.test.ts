// The project holds to its own words: READMEs name what exists, boundaries bite.
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'

const root = join(import.meta.dirname, '../..')
const run = promisify(execFile)

const slackManifest = z.object({
  features: z.object({ slash_commands: z.array(z.object({ url: z.string() })) }),
  settings: z.object({ event_subscriptions: z.object({ request_url: z.string() }), interactivity: z.object({ request_url: z.string() }) }),
})

describe('the project', () => {
  const docs = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'))
  it.each(['README.md', 'channels/README.md', 'flows/README.md', ...docs.map((name) => `docs/${name}`)])('has every path that %s names', (readme) => {
    const text = readFileSync(join(root, readme), 'utf8')
    const paths = [...text.matchAll(/`((?:src|channels|flows|tests|web|bench|docs)\/[\w./-]*)`/g)].flatMap(([, path]) => path ?? [])
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })

  it.each(['src', 'channels', 'flows', 'web'])('has small files only in %s', (folder) => {
    const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
    const linesOf = (name: string): number => readFileSync(join(root, folder, name), 'utf8').split('\n').length - 1
    expect(files.filter((name) => linesOf(name) > 300)).toEqual([])
  })

  it('tells newcomers of settings that there are', () => {
    const settings = (file: string) => new Set(readFileSync(join(root, file), 'utf8').match(/\b[A-Z]{2,}(?:_[A-Z]+)+\b/g))
    const known = settings('README.md')
    expect([...settings('docs/connect.md')].filter((name) => !known.has(name))).toEqual([])
  })

  it('has a manifest for Slack that leads to its one address there', () => {
    const manifest = readFileSync(join(root, 'docs/slack-app-manifest.yaml'), 'utf8')
    const { features, settings } = slackManifest.parse(parse(manifest))
    const addresses = [settings.event_subscriptions.request_url, settings.interactivity.request_url, ...features.slash_commands.map(({ url }) => url)]
    expect(new Set(addresses)).toEqual(new Set(['https://desk.example.com/webhooks/slack']))
  })

  it.each([
    ['src/tickets', "import 'mongodb'"],
    ['src/http', "import 'bullmq'"],
    ['flows', "import 'node:fs'"],
    ['channels/webchat', "import 'nodemailer'"],
    ['channels/slack', "import 'twilio'"],
    ['channels/sms', "import '@slack/bolt'"],
    ['channels/email', "import 'botbuilder'"],
    ['channels/webhook', "import '../../src/storage/collection.ts'"],
    ['channels/botframework', "import '../../src/journal/index.ts'"],
    ['src/desk', "import '../../channels/email/index.ts'"],
  ])('has boundaries that bite in %s', async (folder, forbidden) => {
    const file = join(root, folder, `boundary-${process.pid}.ts`)
    mkdirSync(join(root, folder), { recursive: true })
    writeFileSync(file, `${forbidden}\n`)
    try {
      const lint = run(process.execPath, [join(root, 'node_modules/oxlint/bin/oxlint'), '-c', join(root, '.oxlintrc.json'), file], { cwd: root })
      await expect(lint).rejects.toMatchObject({ stdout: expect.stringContaining('no-restricted-imports') })
    } finally {
      rmSync(file)
    }
  })

  it('names no registry in its lock file', () => {
    expect(readFileSync(join(root, 'package-lock.json'), 'utf8')).not.toContain('"resolved"')
  })
})
