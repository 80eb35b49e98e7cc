import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export type RunAs = {
  /** Where the cluster lives: the asked-for directory, except in the last case below. */
  home: string
  /** The folder with `bin`, `lib` and `share`. */
  native: string
  /** Goes before every command. */
  prefix: readonly string[]
  identity: { uid: number; gid: number } | undefined
}

/**
 * How to run PostgreSQL, which refuses to be root and to be a user without a name. A named user
 * just runs it, and so does the named owner of the directory when root is in another user's checkout.
 * Otherwise it runs in a user namespace; where the system forbids those (most containers), as
 * `nobody`; and where `nobody` cannot reach the directory, on a copy under /var/tmp.
 */
export function chooseRunAs(dir: string, native: string, method = chooseMethod(dir)): RunAs {
  const plain = { home: dir, native, prefix: [], identity: undefined }
  if (method === 'self') return plain
  if (method === 'owner') return { ...plain, identity: ownerOf(dir) }
  if (method === 'namespace') {
    own(dir, process.getuid?.() ?? 0, process.getgid?.() ?? 0)
    return { ...plain, prefix: ['unshare', '-U'] }
  }
  const identity = nobody()
  const home = canReach(dirname(dir), identity) ? dir : homeOutside(dir)
  own(home, identity.uid, identity.gid)
  if (canReach(join(native, 'bin', 'postgres'), identity)) return { ...plain, home, identity }
  const copied = join(home, 'native')
  if (!existsSync(copied)) copyWhole(native, copied)
  return { home, native: copied, prefix: [], identity }
}

type Method = 'self' | 'owner' | 'namespace' | 'nobody'

function chooseMethod(dir: string): Method {
  const self = process.getuid?.()
  if (self === undefined || (self !== 0 && hasName(self))) return 'self'
  const { uid } = ownerOf(dir)
  if (self === 0 && uid !== 0 && uid !== nobody().uid && hasName(uid)) return 'owner'
  // In there even root obeys the modes of the folders above.
  const reach = ['-U', 'test', '-x', dirname(dir)]
  if (spawnSync('unshare', reach, { timeout: 5_000 }).status === 0) return 'namespace'
  if (self === 0) return 'nobody'
  throw new Error(
    `PostgreSQL refuses to run as user ${self}, who has no name on this system. Add the user to /etc/passwd, or set DATABASE_URL.`,
  )
}

function hasName(uid: number): boolean {
  return spawnSync('id', ['-un', String(uid)], { timeout: 5_000 }).status === 0
}

function ownerOf(path: string): { uid: number; gid: number } {
  const { uid, gid } = lstatSync(path)
  return { uid, gid }
}

function nobody() {
  const [uid, gid] = ['-u', '-g'].map((flag) =>
    Number(spawnSync('id', [flag, 'nobody'], { encoding: 'utf8', timeout: 5_000 }).stdout),
  )
  if (!uid || !gid) {
    throw new Error(
      'PostgreSQL cannot run as root, and this system has no user `nobody` to run it as. Run as an ordinary user, or set DATABASE_URL.',
    )
  }
  return { uid, gid }
}

function canReach(path: string, identity: { uid: number; gid: number }): boolean {
  return spawnSync('test', ['-x', path], { ...identity, timeout: 5_000 }).status === 0
}

/** A home that `nobody` can reach, the same each time; `dir` keeps a note of it. */
function homeOutside(dir: string): string {
  const base = existsSync('/var/tmp') ? '/var/tmp' : tmpdir()
  const home = join(base, `ledgerline-postgres-${sha(dir)}`)
  const note = join(dir, 'moved-to')
  // A user who deletes `dir` wants its data gone, wherever it is.
  if (!existsSync(note)) rmSync(home, { recursive: true, force: true })
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const { uid } = lstatSync(home)
  if (!lstatSync(home).isDirectory() || (uid !== 0 && uid !== nobody().uid)) {
    throw new Error(`${home} belongs to user ${uid}. Delete it, or set DATABASE_URL.`)
  }
  writeFileSync(note, `${home}\n`)
  return home
}

function sha(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

/** Gives `path` and all in it to a user, unless it is theirs already. */
function own(path: string, uid: number, gid: number) {
  if (lstatSync(path).uid === uid) return
  const { status } = spawnSync('chown', ['-R', `${uid}:${gid}`, path], { timeout: 60_000 })
  if (status !== 0) throw new Error(`${path} could not be given to user ${uid} (chown failed).`)
}

function copyWhole(from: string, to: string) {
  const part = `${to}.${process.pid}`
  cpSync(from, part, { recursive: true, verbatimSymlinks: true })
  chmodSync(part, 0o755)
  renameSync(part, to)
}
