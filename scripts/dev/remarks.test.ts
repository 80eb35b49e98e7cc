import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { addressRemark, hostRemark } from './host-remarks'
import { signInRemark } from './remarks'

const SANDBOX = 'http://127.0.0.1:12111'
const WAYS = ['EMAIL_SERVER', 'AUTH_GITHUB_ID', 'AUTH_GITHUB_SECRET', 'AUTH_GOOGLE_ID']

beforeEach(() => {
  for (const name of [...WAYS, 'AUTH_GOOGLE_SECRET']) vi.stubEnv(name, '')
})

afterEach(() => vi.unstubAllEnvs())

test('beside a real Stripe with no way to sign in, it says what to set', () => {
  expect(signInRemark(null)).toEqual([
    'No one can sign in: set EMAIL_SERVER, or AUTH_GITHUB_ID and AUTH_GITHUB_SECRET, or AUTH_GOOGLE_ID and AUTH_GOOGLE_SECRET.',
  ])
})

test.each([
  ['a mail server', { EMAIL_SERVER: 'smtp://127.0.0.1:25' }],
  ['GitHub', { AUTH_GITHUB_ID: 'id', AUTH_GITHUB_SECRET: 'secret' }],
  ['Google', { AUTH_GOOGLE_ID: 'id', AUTH_GOOGLE_SECRET: 'secret' }],
])('with %s there is nothing to say', (_, variables) => {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
  expect(signInRemark(null)).toEqual([])
})

test('beside a sandbox the captured mail and the demo users let people in', () => {
  expect(signInRemark(SANDBOX)).toEqual([])
})

test('an app that is open to a network says so, and what that means beside a sandbox', () => {
  for (const host of [undefined, 'localhost', '127.0.0.1', '::1'])
    expect(hostRemark(host, SANDBOX)[0]).toContain('Only this machine reaches it')
  expect(hostRemark('0.0.0.0', null)).toEqual(['Open to the network (--host 0.0.0.0).'])
  expect(hostRemark('0.0.0.0', SANDBOX)[0]).toContain('sign in as any user')
})

test('an app that is open to a network and knows no address of its own says what to set', () => {
  vi.stubEnv('APP_URL', '')
  expect(addressRemark(undefined)).toEqual([])
  expect(addressRemark('0.0.0.0')).toEqual([expect.stringContaining('in APP_URL: set it')])
  vi.stubEnv('APP_URL', 'http://192.168.1.5:3000')
  expect(addressRemark('0.0.0.0')).toEqual([])
})
