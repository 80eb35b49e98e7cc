import { afterEach, expect, it } from 'vitest'
import { type RunningSandbox, startSandbox } from '@/sandbox/server'
import { sandboxClock } from './sandbox-clock'

const YEAR = 365 * 86_400
let running: RunningSandbox | undefined

afterEach(() => running?.stop())

async function start() {
  running = await startSandbox({ port: 0 })
  return { sandbox: running, clock: sandboxClock(new URL(running.url)) }
}

async function advance(url: string, seconds: number) {
  const body = JSON.stringify({ advance: seconds })
  expect((await fetch(`${url}/_sandbox/clock`, { method: 'POST', body })).status).toBe(200)
}

async function aheadOf(clock: ReturnType<typeof sandboxClock>): Promise<number> {
  return ((await clock.now()).getTime() - Date.now()) / 1000
}

it('is real time by a sandbox whose clock was not moved', async () => {
  const { clock } = await start()
  expect(Math.abs(await aheadOf(clock))).toBeLessThan(1)
})

it('is a year ahead in the very first read after a jump of a year', async () => {
  const { sandbox, clock } = await start()
  await clock.now()
  await advance(sandbox.url, YEAR)
  expect(Math.abs((await aheadOf(clock)) - YEAR)).toBeLessThan(2)
})

it('goes on from where it was when the sandbox is stopped', async () => {
  const { sandbox, clock } = await start()
  await advance(sandbox.url, YEAR)
  await clock.now()
  await sandbox.stop()
  running = undefined
  expect(Math.abs((await aheadOf(clock)) - YEAR)).toBeLessThan(2)
})

it('is real time when no sandbox answers', async () => {
  const { sandbox, clock } = await start()
  await sandbox.stop()
  running = undefined
  expect(Math.abs(await aheadOf(clock))).toBeLessThan(1)
})
