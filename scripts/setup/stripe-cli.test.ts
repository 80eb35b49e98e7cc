import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { hasCli, listenerSecret, makeSandbox } from './stripe-cli'
import { type CliState, pathWithCli } from './stripe-cli.fixture'

const folder = mkdtempSync(join(tmpdir(), 'ledgerline-cli-'))
const KEY = 'rkcs_test_51Ledgerline'
const keys = { secretKey: KEY, publishableKey: 'pk_test_51Ledgerline' }
afterEach(() => vi.unstubAllEnvs())
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the Stripe CLI', () => {
  it.each(['new', 'active', 'expired'] as const)(
    'gives the keys of a sandbox that is %s, and the day on which it ends',
    async (kind) => {
      given({ kind, ...keys })
      expect(await makeSandbox(null)).toEqual({ ...keys, expires: '2026-12-05' })
      expect(await makeSandbox('ada@example.test')).toEqual({ ...keys, expires: '2026-12-05' })
    },
  )

  it('gives a sandbox without a publishable key, where it has none', async () => {
    given({ kind: 'active', secretKey: KEY })
    expect(await makeSandbox(null)).toMatchObject({ secretKey: KEY, publishableKey: null })
  })

  it.each([
    ['signed in', 'signed in to an account'],
    ['offline', '`stripe sandbox create` says why'],
  ] as const)('that is %s makes none, and it is said what to do', async (kind, says) => {
    given({ kind })
    await expect(makeSandbox(null)).rejects.toThrow(says)
  })

  it('that is not there is named, with how to get it', async () => {
    vi.stubEnv('PATH', folder)
    expect(await hasCli()).toBe(false)
    await expect(makeSandbox(null)).rejects.toThrow('npm install --global @stripe/cli')
    expect(await listenerSecret(local(KEY))).toBeNull()
  })
})

describe('the secret that `stripe listen` signs with', () => {
  it('is found for a machine that Stripe cannot call', async () => {
    given({ kind: 'active', ...keys })
    expect(await listenerSecret(local(KEY))).toBe('whsec_0123456789abcdef0123456789abcdef')
  })

  it.each([
    ['Stripe calls the application itself', 'https://app.example.com', null],
    ['a sandbox on this machine calls it', 'http://localhost:3000', new URL('http://127.0.0.1:1')],
  ])('is not asked for where %s', async (_, appUrl, apiBase) => {
    given({ kind: 'active', ...keys })
    expect(await listenerSecret({ appUrl, stripe: { apiBase, secretKey: KEY } })).toBeNull()
  })
})

function given(state: CliState): void {
  vi.stubEnv('PATH', pathWithCli(folder, state))
}

function local(secretKey: string) {
  return { appUrl: 'http://localhost:3000', stripe: { apiBase: null, secretKey } }
}
