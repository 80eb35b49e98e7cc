import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it, vi } from 'vitest'
import { CHECKS } from '@/lib/doctor/checks'
import { serverScript } from './stack/paths'
import { run } from './stack/run'

// No `npm run dev` of a developer is looked at.
const LEDGERLINE_DATA_DIR = mkdtempSync(join(tmpdir(), 'ledgerline-doctor-'))
afterAll(() => rmSync(LEDGERLINE_DATA_DIR, { recursive: true, force: true }))

const SECRET = randomBytes(24).toString('hex')

const doctor = (given: Record<string, string>, ...options: string[]) =>
  run(serverScript('scripts/doctor.ts', ...options), {
    ...process.env,
    LEDGERLINE_DATA_DIR,
    AUTH_SECRET: SECRET,
    ...given,
  })

// Each starts a process, on machines that are busy with everything else.
vi.setConfig({ testTimeout: 90_000 })

it('the doctor prints every check as JSON, and ends with 1 when one fails', async () => {
  const { ok, output } = await doctor(
    { STRIPE_API_BASE: 'http://127.0.0.1:1', APP_URL: 'http://localhost:1' },
    '--json',
  )
  const found: Record<string, unknown>[] = JSON.parse(output)
  expect(ok).toBe(false)
  expect(found.map(({ id }) => id)).toEqual(CHECKS.map(({ id }) => id))
  for (const one of found) {
    expect(Object.keys(one).toSorted()).toEqual(['detail', 'fix', 'group', 'id', 'status', 'title'])
    expect(typeof one.fix === 'string', `${one.id}`).toBe(
      one.status === 'warn' || one.status === 'fail',
    )
  }
  const by = (status: string) => found.filter((one) => one.status === status).map(({ id }) => id)
  expect(by('fail')).toEqual(['stripe', 'app'])
  expect(output).not.toContain(SECRET)
})

it('it ends with 0 when none does, and looks at those alone that it was asked for', async () => {
  const { ok, output } = await doctor({}, '--only', 'redis_writes,migrations')
  expect([ok, output]).toEqual([true, expect.stringContaining('2 checks: 2 ok')])
  expect(output).not.toContain('Node version')
})

it('it refuses an option or a check that it does not know', async () => {
  const [option, check] = await Promise.all([doctor({}, '--fast'), doctor({}, '--only', 'mails')])
  expect(option).toMatchObject({ ok: false, output: expect.stringContaining('--fast') })
  expect(check).toMatchObject({
    ok: false,
    output: expect.stringContaining('no check is called mails'),
  })
})
