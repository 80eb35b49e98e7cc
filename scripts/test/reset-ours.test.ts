import { expect, it } from 'vitest'
import { resetOurs } from './reset-ours'

const load = async () => [
  await import('@/sandbox/store/store'),
  await import('@/lib/money'),
  (await import('stripe')).default,
]

it('what is ours is loaded anew for each test file; the sandbox and what npm brought stay', async () => {
  const before = await load()
  resetOurs()
  const after = await load()
  expect(before.map((module, n) => module === after[n])).toEqual([true, false, true])
})
