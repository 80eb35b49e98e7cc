import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { type Child, startChild } from '@/scripts/stack/children'
import { ROOT, script } from '@/scripts/stack/paths'
import { countTests } from '@/scripts/test/counts'

const data = mkdtempSync(join(tmpdir(), 'ledgerline-proof-'))
const NAME = `proof-test-${process.pid}`
const counts = join(ROOT, '.cache', `${NAME}.json`)
const lock = join(data, `${NAME}.json`)

afterEach(() => rmSync(counts, { force: true }))
afterAll(() => rmSync(data, { recursive: true, force: true }))

test('a proof that holds ends with 0, stops its stack, lets the next one run, and leaves its counts', async () => {
  expect(await outcome('right')).toEqual({ code: 0, said: 'up\nstopped\n' })
  expect(countTests(counts)).toEqual({ passed: 3, failed: 0 })
  expect(existsSync(lock)).toBe(false)
})

test('a proof that does not hold ends with 1, and its counts say how much', async () => {
  expect(await outcome('wrong')).toEqual({ code: 1, said: 'up\nstopped\n' })
  expect(countTests(counts)).toEqual({ passed: 2, failed: 1 })
})

test('a proof whose counts another wrote ends with the code of that one', async () => {
  expect(await outcome('code')).toEqual({ code: 7, said: 'up\nstopped\n' })
  expect(existsSync(counts)).toBe(false)
})

test('a proof that throws says why, stops what it had started, and lets the next one run', async () => {
  const said = 'up\nstopped\nThe catalog could not be pushed.\n'
  expect(await outcome('throws')).toEqual({ code: 1, said })
  expect(existsSync(lock)).toBe(false)
})

test('a proof whose database or Redis dies ends at once, and says which', async () => {
  expect(await outcome('part ends')).toEqual({ code: 1, said: 'up\nstopped\nRedis was killed.\n' })
})

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'a proof that is asked to end by %s stops its stack and lets the next one run',
  async (signal) => {
    const { child, said, up, closed } = begin('waits')
    await up
    child.process.kill(signal)
    expect(await child.exited).toEqual({ code: 1, signal: null })
    await closed
    expect(said()).toBe('up\nstopped\n')
    expect(existsSync(lock)).toBe(false)
  },
)

test('a second one in the checkout is refused, and leaves the first and its lock alone', async () => {
  const first = begin('waits')
  await first.up
  const said = `One is proven in this checkout (process ${first.child.pid}). Wait for its end.\n`
  expect(await outcome('right')).toEqual({ code: 1, said })
  expect(existsSync(lock)).toBe(true)
  expect(first.child.gone).toBe(false)
  await first.child.stop()
})

async function outcome(end: string): Promise<{ code: number | null; said: string }> {
  const { child, said, closed } = begin(end)
  const { code } = await child.exited
  await closed
  return { code, said: said() }
}

type Begun = { child: Child; said(): string; up: Promise<void>; closed: Promise<void> }

function begin(end: string): Begun {
  const env = { ...process.env, LEDGERLINE_DATA_DIR: data }
  const command = script('scripts/proof/prove.fixture.ts', NAME, end)
  const child = startChild({ command, cwd: ROOT, env, output: 'pipe' })
  let said = ''
  const up = new Promise<void>((resolve) => {
    for (const stream of [child.process.stdout, child.process.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        said += text
        if (said.includes('up\n')) resolve()
      })
    }
  })
  const closed = new Promise<void>((resolve) => child.process.once('close', () => resolve()))
  return { child, said: () => said, up, closed }
}
