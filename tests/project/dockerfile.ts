// Carries out the instructions of a Dockerfile in folders instead of layers, for machines without Docker. Knows what ours uses; anything else is an error.
import { execFile } from 'node:child_process'
import { cp, mkdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'

const run = promisify(execFile)

/** What `docker build` would leave, under `root` instead of `/`. */
export interface Image {
  root: string
  workdir: string
  env: Record<string, string>
  /** Not root's name. */
  user: string | undefined
  command: string[]
  healthcheck: string[]
}

interface Host {
  /** Folder with the Dockerfile and what it copies. */
  context: string
  /** An empty folder of ours: a stage is a folder in it. */
  folder: string
  /** Who stands in for the image's user: the owner of what is given to that user. */
  uid: number
  gid: number
  /** For RUN; of the machine, so that npm finds its cache. */
  env: NodeJS.ProcessEnv
}

export async function buildImage(host: Host): Promise<Image> {
  const ignored = (await readFile(join(host.context, '.dockerignore'), 'utf8')).split('\n').filter(Boolean)
  const stages = new Map<string, Image>()
  let image: Image | undefined
  for (const [keyword, rest] of await instructions(join(host.context, 'Dockerfile'))) {
    if (keyword === 'FROM') {
      const [base, , name = `stage-${stages.size}`] = rest.split(/\s+/)
      if (!base?.startsWith('node:')) throw new Error(`a stage from ${base}: only Node is here`)
      image = { root: join(host.folder, name), workdir: '/', env: {}, user: undefined, command: [], healthcheck: [] }
      await mkdir(image.root, { recursive: true })
      stages.set(name, image)
      continue
    }
    if (image === undefined) throw new Error(`${keyword} before FROM`)
    await follow(image, keyword, rest, { ...host, ignored, stages })
  }
  if (image === undefined) throw new Error('the Dockerfile has no stage')
  return image
}

async function follow(image: Image, keyword: string, rest: string, host: Host & { ignored: string[]; stages: Map<string, Image> }): Promise<void> {
  const inside = (path: string, of = image) => join(of.root, path.startsWith('/') ? path : join(of.workdir, path))
  switch (keyword) {
    case 'WORKDIR':
      image.workdir = rest
      await mkdir(inside('.'), { recursive: true })
      return
    case 'ENV':
      for (const [, name = '', value = ''] of rest.matchAll(/(\w+)=(\S+)/g)) image.env[name] = value
      return
    case 'USER':
      image.user = rest
      return
    case 'CMD':
      image.command = z.array(z.string()).parse(JSON.parse(rest))
      return
    case 'HEALTHCHECK':
      image.healthcheck = z.array(z.string()).parse(JSON.parse(rest.replace(/^.*?\bCMD\s+/, '')))
      return
    case 'VOLUME':
    case 'EXPOSE':
      return
    case 'COPY': {
      const paths = rest.split(/\s+/)
      const stage = /^--from=(.+)$/.exec(paths[0] ?? '')?.[1]
      const from = stage === undefined ? undefined : host.stages.get(stage)
      if (stage !== undefined) paths.shift()
      const to = paths.pop() ?? ''
      for (const path of paths) {
        if (from === undefined && host.ignored.includes(path)) throw new Error(`COPY ${path}: .dockerignore leaves it out`)
        await copy(from === undefined ? join(host.context, path) : inside(path, from), inside(to))
      }
      return
    }
    case 'RUN': {
      // The image's own folders are under its root here, and its user is the one who stands in.
      const command = rest.replace(/(?<=\s)\/(?=\w)/g, `${image.root}/`).replaceAll('node:node', `${host.uid}:${host.gid}`)
      await run('sh', ['-ec', command], { cwd: inside('.'), env: { ...host.env, ...image.env }, maxBuffer: 64 * 1024 * 1024 })
      return
    }
    default:
      throw new Error(`${keyword} is not understood here`)
  }
}

/** A folder's contents go into the target; a file goes there under its name. */
async function copy(from: string, to: string): Promise<void> {
  const folder = (await stat(from)).isDirectory()
  await mkdir(folder ? to : dirname(join(to, basename(from))), { recursive: true })
  await cp(from, folder ? to : join(to, basename(from)), { recursive: true, verbatimSymlinks: true })
}

async function instructions(path: string): Promise<[keyword: string, rest: string][]> {
  const text = await readFile(path, 'utf8')
  const lines = text
    .replace(/^#.*\n/gm, '')
    .replace(/\\\n/g, ' ')
    .split('\n')
  return lines.filter((line) => line.trim() !== '').map((line) => [/^\w+/.exec(line)?.[0] ?? line, line.replace(/^\w+\s+/, '').trim()])
}
