import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, it, vi } from 'vitest'
import { refuseOtherValue } from './other-value'

const folder = mkdtempSync(join(tmpdir(), 'ledgerline-other-'))
const file = join(folder, '.env.local')
const asked = {
  ...{ yes: true, key: 'sk_test_asked', appUrl: 'https://app.example.com', file: null },
  ...{ cliSandbox: false, email: null },
}
afterEach(() => vi.unstubAllEnvs())
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it.each([
  ['nothing', '', ''],
  ['the same', 'sk_test_asked', 'https://app.example.com'],
  ['the same address in another case', 'sk_test_asked', 'https://APP.example.com/'],
])('what is asked for goes on beside %s', (_, key, appUrl) => {
  vi.stubEnv('STRIPE_SECRET_KEY', key)
  vi.stubEnv('APP_URL', appUrl)
  expect(() => refuseOtherValue(asked, file)).not.toThrow()
})

it.each([
  ['STRIPE_SECRET_KEY', 'sk_test_stands', '--stripe-secret-key'],
  ['APP_URL', 'https://stands.example.com', '--app-url'],
])(
  'another %s is named with the place where it stands, and never shown',
  (name, stands, option) => {
    vi.stubEnv('STRIPE_SECRET_KEY', '')
    vi.stubEnv('APP_URL', '')
    vi.stubEnv(name, stands)
    const refused = expect.objectContaining({
      message: expect.stringMatching(new RegExp(`^${name} stands already .*${option}`)),
    })
    writeFileSync(file, '')
    expect(sentence()).toEqual(refused)
    expect(sentence().message).toContain('in the shell or another .env file')
    writeFileSync(file, `# ${name}=old\n${name}=${stands}\n`)
    expect(sentence().message).toContain('in .env.local')
    expect(sentence().message).not.toContain(stands)
  },
)

it('what is not asked for may be anything', () => {
  vi.stubEnv('STRIPE_SECRET_KEY', 'sk_test_stands')
  vi.stubEnv('APP_URL', 'https://stands.example.com')
  expect(() => refuseOtherValue({ ...asked, key: null, appUrl: null }, file)).not.toThrow()
})

function sentence(): Error {
  try {
    refuseOtherValue(asked, file)
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('It was not refused.')
}
