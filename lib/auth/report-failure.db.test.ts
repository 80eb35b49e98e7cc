import { afterAll, expect, test, vi } from 'vitest'
import { disconnect } from '@/db/client'
import { log } from '@/lib/log'
import { newBrowser } from './browser.fixture'

const APP = 'http://localhost:3000'
const browser = newBrowser(APP)
const written = [vi.spyOn(log, 'error'), vi.spyOn(log, 'warn'), vi.spyOn(log, 'info')]
const lines = () => written.flatMap(({ mock }) => mock.calls)

vi.mock('@/lib/env', async (original) => {
  const { env } = await original<typeof import('@/lib/env')>()
  const github = { clientId: 'gh-id', clientSecret: 'gh-secret' }
  return { env: () => ({ ...env(), devTools: true, auth: { ...env().auth, github } }) }
})
vi.mock('next/headers', () => ({
  headers: async () => browser.headers(),
  cookies: async () => browser.jar,
}))

afterAll(() => disconnect())

test('a hundred links that were made up, and a hundred callbacks, are twenty lines without a word of theirs', async () => {
  for (let n = 0; n < 100; n++) {
    await browser.open(`/api/auth/callback/email?token=secret-token&email=ada${n}%40example.com`)
    await browser.open('/api/auth/callback/github?code=secret-code&state=secret-state')
  }
  expect(lines()).toHaveLength(20)
  // What visitors can bring about is no failure of ours.
  expect(log.error).not.toHaveBeenCalled()
  expect(JSON.stringify(lines())).not.toMatch(/secret|example\.com/)
  expect(new Set(lines().map(([line]) => Object(line).error))).toEqual(
    new Set(['Verification', 'InvalidCheck']),
  )
})
