import { describe, expect, test } from 'vitest'
import { readRefusal } from './refusals'

describe('what went wrong, from the address', () => {
  test('nothing went wrong', () => {
    expect(readRefusal({})).toBeNull()
  })

  test('a code of ours has its sentence', () => {
    expect(readRefusal({ error: 'unavailable' })?.title).toBe('We could not reach Stripe just now.')
  })

  test('a code that is not ours says nothing of its own', () => {
    for (const error of ['<b>Pay here</b>', 'toString', '__proto__', ['unavailable']]) {
      expect(readRefusal({ error })?.code).toBe('internal')
    }
  })

  test('a reference is eight hex digits or is not shown', () => {
    expect(readRefusal({ error: 'internal', ref: '0123abcd' })?.ref).toBe('0123abcd')
    expect(readRefusal({ error: 'internal', ref: 'call +1 555' })?.ref).toBeUndefined()
  })
})
