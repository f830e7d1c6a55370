// A real IMAP server for one test: Dovecot with its own configuration, folders and port, as whoever runs the tests.
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { ImapFlow } from 'imapflow'
import { freePort } from './mail-door.ts'
import { programs } from './needs.ts'

export interface ImapServer {
  /** What IMAP_URL would be: `imap://support:…@127.0.0.1:…/<folder>`. */
  url(folder?: string): string
  /** A client of the same mailbox, logged in, for putting mail in and looking at flags. */
  client(): Promise<ImapFlow>
  /** Stops it, mail and port kept. */
  down(): Promise<void>
  up(): Promise<void>
  /** Stops it and removes everything. */
  stop(): Promise<void>
}

/** Dovecot wants mail owned by somebody who is not root (its `first_valid_uid`); nobody, on Debian. */
const nobody = { uid: 65534, gid: 65534 }

export async function startImap(): Promise<ImapServer> {
  const { path } = programs.imap
  if (path === undefined) throw new Error(`dovecot is missing: ${programs.imap.install}`)
  const port = await freePort()
  // Short, because the paths of its sockets must be.
  const folder = await mkdtemp(join(tmpdir(), 'imap-'))
  const isRoot = userInfo().uid === 0
  const owner = isRoot ? nobody : userInfo()
  await mkdir(join(folder, 'mail'))
  if (isRoot) {
    await chmod(folder, 0o755)
    await chown(join(folder, 'mail'), nobody.uid, nobody.gid)
  }
  const config = join(folder, 'dovecot.conf')
  await writeFile(config, configuration({ folder, port, owner, isRoot }))
  let server: ChildProcess | undefined
  const clients: ImapFlow[] = []

  async function up(): Promise<void> {
    const started = spawn(path ?? '', ['-F', '-c', config], { stdio: ['ignore', 'ignore', 'pipe'], detached: true })
    server = started
    const lines: string[] = []
    for await (const line of createInterface({ input: started.stderr })) {
      lines.push(line)
      if (line.includes('starting up')) {
        // Whatever else it says must not fill the pipe.
        started.stderr.resume()
        return
      }
    }
    throw new Error(`dovecot did not start:\n${lines.join('\n')}`)
  }

  async function down(): Promise<void> {
    const running = server
    server = undefined
    if (running?.pid === undefined || running.exitCode !== null) return
    const ended = once(running, 'exit')
    // The whole group: the processes that hold connections would go on serving them for some seconds.
    process.kill(-running.pid, 'SIGTERM')
    await ended
  }

  await up()
  return {
    url: (name = '') => `imap://support:secret@127.0.0.1:${port}/${encodeURIComponent(name)}`,
    async client() {
      const client = new ImapFlow({ host: '127.0.0.1', port, secure: false, auth: { user: 'support', pass: 'secret' }, logger: false })
      client.on('error', () => {})
      await client.connect()
      clients.push(client)
      return client
    },
    down,
    up,
    async stop() {
      for (const client of clients) client.close()
      await down()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function configuration({ folder, port, owner, isRoot }: { folder: string; port: number; owner: { uid: number; gid: number }; isRoot: boolean }): string {
  const users = isRoot ? '' : `default_internal_user = ${userInfo().username}\ndefault_login_user = ${userInfo().username}\n`
  return `protocols = imap
listen = 127.0.0.1
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = /dev/stderr
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
mail_location = maildir:${folder}/mail/%u
mail_uid = ${owner.uid}
mail_gid = ${owner.gid}
first_valid_uid = 1
first_valid_gid = 1
${users}passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=${owner.uid} gid=${owner.gid} home=${folder}/mail/%u
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
`
}
