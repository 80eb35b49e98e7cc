import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { refuseBlankSecrets } from './given'
import { givenOr, keptSecrets } from './secrets'

const dir = mkdtempSync(join(tmpdir(), 'ledgerline-secrets-'))
const file = join(dir, 'kept', 'secrets.json')

afterEach(() => vi.unstubAllEnvs())
afterAll(() => rmSync(dir, { recursive: true }))

test('secrets are made once, for their owner only, and long enough for the app', () => {
  const made = keptSecrets(file)
  expect(keptSecrets(file)).toEqual(made)
  expect((statSync(file).mode & 0o777).toString(8)).toBe('600')
  expect(made.AUTH_SECRET).toMatch(/^.{32,}$/)
  expect(made.STRIPE_WEBHOOK_SECRET).toMatch(/^whsec_[\w-]{32,}$/)
})

test('a given secret wins over a kept one', () => {
  vi.stubEnv('STRIPE_WEBHOOK_SECRET', 'whsec_given')
  expect(givenOr(keptSecrets(file)).STRIPE_WEBHOOK_SECRET).toBe('whsec_given')
})

test('a secret that is set but empty is refused by name', () => {
  vi.stubEnv('CRON_SECRET', ' ')
  expect(refuseBlankSecrets).toThrow('CRON_SECRET is set but empty')
})

test('a damaged file of secrets is refused by name', () => {
  writeFileSync(file, '{}')
  expect(() => keptSecrets(file)).toThrow(/damaged\. Delete it/)
})
