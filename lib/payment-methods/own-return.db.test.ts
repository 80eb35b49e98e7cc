import { expect, test } from 'vitest'
import { isOwnReturn, proveLeaving } from './own-return'

const ME = '00000000-0000-4000-8000-000000000001'
const OTHER = '00000000-0000-4000-8000-000000000002'
const SHOWN = 'in_1 1900 usd'
const HOUR = 3_600_000

test('a customer whom their bank leads back within the hour is known, with what they were shown', () => {
  for (const shown of [SHOWN, '']) {
    const proof = proveLeaving('bank', ME, shown)
    expect(isOwnReturn('bank', proof, ME, shown)).toBe(true)
    expect(isOwnReturn('bank', proof, ME, shown, Date.now() + HOUR - 60_000)).toBe(true)
  }
})

test('an address out of the history, of another user, for another amount or made up is no agreement', () => {
  const proof = proveLeaving('bank', ME, SHOWN)
  expect(isOwnReturn('bank', proof, ME, SHOWN, Date.now() + 2 * HOUR)).toBe(false)
  expect(isOwnReturn('bank', proof, OTHER, SHOWN)).toBe(false)
  expect(isOwnReturn('portal', proof, ME, SHOWN)).toBe(false)
  for (const now of ['in_1 2900 usd', 'in_2 1900 usd', 'resumes', ''])
    expect(isOwnReturn('bank', proof, ME, now)).toBe(false)
  for (const made of [undefined, '', 'x', `${proof}x`, [proof]])
    expect(isOwnReturn('bank', made, ME, SHOWN)).toBe(false)
})
