import { describe, expect, test } from 'vitest'
import { readRefusal } from './refusals'

describe('what went wrong, from the address', () => {
  test('nothing went wrong', () => {
    expect(readRefusal({})).toBeNull()
  })

  test('a code of ours has its sentence', () => {
    expect(readRefusal({ error: 'unavailable' })?.title).toBe('We could not reach Stripe just now.')
  })

  test('a billing account that is gone says what became of it, and not that there never was one', () => {
    expect(readRefusal({ error: 'not_found' })?.title).toBe('There is no billing account yet.')
    expect(readRefusal({ error: 'customer_deleted' })?.title).toContain('deleted at Stripe')
    expect(readRefusal({ error: 'customer_missing' })?.title).toContain('Stripe does not have')
  })

  test('a code that is not ours says nothing of its own', () => {
    for (const error of ['<b>Pay here</b>', 'toString', '__proto__', ['unavailable']]) {
      expect(readRefusal({ error })?.code).toBe('internal')
    }
  })

  test.each([
    ['1', '1 second'],
    ['45', '45 seconds'],
    ['60', '1 minute'],
    ['61', '2 minutes'],
    ['240', '4 minutes'],
    ['3600', '60 minutes'],
    ['7200', '2 hours'],
  ])('of what was tried too often it says when to come back: %s is %s', (wait, text) => {
    expect(readRefusal({ error: 'rate_limited', wait })?.advice).toBe(
      `Nothing was charged. Try again in ${text}.`,
    )
  })

  test.each([undefined, '0', '-5', '1e3', '999999', '5 minutes, or call +1 555', ['240']])(
    'a time to wait that is none of ours is not shown: %j',
    (wait) => {
      const { advice } = readRefusal({ error: 'rate_limited', wait }) ?? {}
      expect(advice).toBe('Nothing was charged. Wait a minute, then try again.')
      expect(readRefusal({ error: 'conflict', wait: '240' })?.advice).not.toContain('minutes')
    },
  )

  test('a reference is eight hex digits or is not shown', () => {
    expect(readRefusal({ error: 'internal', ref: '0123abcd' })?.ref).toBe('0123abcd')
    expect(readRefusal({ error: 'internal', ref: 'call +1 555' })?.ref).toBeUndefined()
  })
})
