import { fork, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { ROOT, RUNNER, script } from './stack/paths'

const FIXTURE = join(ROOT, 'scripts/run.fixture.ts')
// Above what systems give to people and services; no user has it.
const UNNAMED = { uid: 48_123, gid: 48_123 }

describe('a file of ours that is run', () => {
  it('stands where it is written, sees its arguments, and leaves no bundle behind', () => {
    const { pid, status, stdout, stderr } = run({}, 'one', '--two')
    expect(stderr).toBe('')
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toEqual({
      root: ROOT,
      own: pathToFileURL(FIXTURE).href,
      argv: [FIXTURE, 'one', '--two'],
    })
    expect(bundlesOf(pid)).toEqual([])
  })

  it('says in which line of TypeScript it broke, and leaves no bundle behind then', () => {
    const { pid, status, stderr } = run({}, 'break')
    expect(status).toBe(1)
    expect(stderr).toContain('Error: It is broken.')
    expect(stderr).toMatch(/at remove \(.*scripts\/run\.fixture\.ts:12:\d+\)/)
    expect(bundlesOf(pid)).toEqual([])
  })

  it('says what it cannot import, and ends with 1', () => {
    const [node, ...args] = script('scripts/there-is-none.ts')
    const { status, stderr } = spawnSync(node, args, { encoding: 'utf8' })
    expect(status).toBe(1)
    expect(stderr).toContain('there-is-none.ts')
  })

  it('speaks to the process that forked it', async () => {
    const child = fork(RUNNER, [FIXTURE], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    child.send('a word')
    expect((await once(child, 'message'))[0]).toBe('heard a word')
    expect((await once(child, 'exit'))[0]).toBe(0)
  })

  it.skipIf(!readsOurs(UNNAMED))(
    'runs where its user may not write beside it, as in an image',
    () => {
      const { status, stdout, stderr } = run(UNNAMED)
      expect(stderr).toBe('')
      expect(status).toBe(0)
      expect(JSON.parse(stdout)).toMatchObject({ root: ROOT })
      const own = (name: string) => statSync(join(tmpdir(), name)).uid === UNNAMED.uid
      expect(
        readdirSync(tmpdir()).filter((name) => /^ledgerline-run-/.test(name) && own(name)),
      ).toEqual([])
    },
  )
})

function run(user: Partial<typeof UNNAMED>, ...given: string[]) {
  const [node, ...args] = script('scripts/run.fixture.ts', ...given)
  return spawnSync(node, args, { ...user, encoding: 'utf8' })
}

// Other processes begin meanwhile, and have theirs.
function bundlesOf(pid: number): string[] {
  return readdirSync(join(ROOT, '.cache/run')).filter((name) => name.startsWith(`${pid}-`))
}

function readsOurs(user: typeof UNNAMED): boolean {
  if (process.getuid?.() !== 0) return false
  return (
    spawnSync(process.execPath, ['-e', `require('fs').readFileSync('${RUNNER}')`], user).status ===
    0
  )
}
