import { spawnSync } from 'node:child_process'
import { chownSync, closeSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import postgres from 'postgres'
import { withoutSchema } from '@/lib/env-schema'
import { startChild } from '@/scripts/stack/children'
import { logFile } from '@/scripts/stack/log-file'
import { freePort } from '@/scripts/stack/ports'

/** The PgBouncer of this machine, with its version; null where there is none. */
export function findPgBouncer(): { path: string; version: string } | null {
  // Debian keeps it where only root's PATH looks.
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
  const path = folders.map((folder) => join(folder, 'pgbouncer')).find((file) => existsSync(file))
  if (!path) return null
  const said = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 5_000 }).stdout
  const version = /PgBouncer (\S+)/.exec(said ?? '')?.[1]
  return version ? { path, version } : null
}

/**
 * What becomes of the schema that a connection asks for: PgBouncer refuses it, or is set to
 * `ignore_startup_parameters`.
 */
export type Startup = 'refused' | 'ignored'

/** Starts a real PgBouncer in transaction mode before the Postgres at `url`, with `size` backends. */
export async function startPgBouncer(
  path: string,
  url: string,
  { size, startup = 'refused' }: { size: number; startup?: Startup | undefined },
) {
  const target = new URL(withoutSchema(url))
  const folder = mkdtempSync(join(tmpdir(), 'ledgerline-pgbouncer-'))
  const port = await freePort(0)
  const [config, users] = [join(folder, 'pgbouncer.ini'), join(folder, 'users.txt')]
  writeFileSync(users, `"${target.username}" "${decodeURIComponent(target.password)}"\n`)
  writeFileSync(
    config,
    `[databases]
* = host=${target.hostname} port=${target.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = trust
auth_file = ${users}
pool_mode = transaction
default_pool_size = ${size}
max_client_conn = 200
${startup === 'ignored' ? 'ignore_startup_parameters = search_path\n' : ''}\
; As docs/how-to/behind-a-pooler.md says, and shorter: without the last one a backend that fell silent
; together with its client is waited for until PgBouncer is restarted.
server_login_retry = 1
server_connect_timeout = 3
query_wait_timeout = 10
query_timeout = 3
`,
  )
  // It refuses to be root.
  const identity = process.getuid?.() === 0 ? { uid: NOBODY_UID, gid: NOBODY_UID } : undefined
  if (identity) {
    for (const file of [folder, config, users]) chownSync(file, identity.uid, identity.gid)
  }
  const log = logFile(join(folder, 'log'))
  const output = log.open()
  const child = startChild({ command: [path, config], cwd: folder, output, identity })
  closeSync(output)
  const stop = async () => {
    await child.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await answers(Object.assign(new URL(target), { host: `127.0.0.1:${port}` }))
  } catch (error) {
    const said = log.tail()
    await stop()
    throw new Error(`PgBouncer did not start (${error}). It last said:\n${said}`)
  }
  return { port, close: stop }
}

// The user of that name on every Linux.
const NOBODY_UID = 65_534

async function answers(url: URL): Promise<void> {
  const deadline = Date.now() + 10_000
  for (;;) {
    const sql = postgres(url.href, { max: 1, connect_timeout: 2, onnotice: () => {} })
    try {
      return void (await sql.unsafe('select 1'))
    } catch (error) {
      if (Date.now() > deadline) throw error
      await wait(100)
    } finally {
      await sql.end({ timeout: 1 })
    }
  }
}
