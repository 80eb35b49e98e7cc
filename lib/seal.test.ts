import { expect, test } from 'vitest'
import { seal, unseal } from './seal'

const OURS = { purpose: 'quote', secret: 'a-secret-of-ours', owner: 'ana', now: 1_800_000_000_000 }
const MINUTE = 60_000
const sealed = seal({ amount: 1900 }, OURS)

test('what is sealed for an owner is read back by that owner', () => {
  expect(unseal(sealed, { ...OURS, now: OURS.now + MINUTE }, MINUTE)).toEqual({ amount: 1900 })
})

test.each([
  ['of another person', { ...OURS, owner: 'bob' }],
  ['for another purpose', { ...OURS, purpose: 'card' }],
  ['sealed with another secret', { ...OURS, secret: 'another-secret' }],
  ['that is over', { ...OURS, now: OURS.now + MINUTE + 1 }],
  ['from the future', { ...OURS, now: OURS.now - 6_000 }],
])('nothing is read from a text %s', (_, binding) => {
  expect(unseal(sealed, binding, MINUTE)).toBeNull()
})

test('nothing is read from a text that was written by hand, or altered', () => {
  const [body = '', mac = ''] = sealed.split('.')
  const other = Buffer.from(JSON.stringify({ value: { amount: 1 }, at: OURS.now }))
  for (const text of ['', body, `${body}.`, `${other.toString('base64url')}.${mac}`, 'a.b.c'])
    expect(unseal(text, OURS, MINUTE)).toBeNull()
})
