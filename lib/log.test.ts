import { describe, expect, it } from 'vitest'
import { Unavailable } from './errors'
import { failureText, withoutKeys } from './log'

describe('a failure in one line', () => {
  it('of a query is what the driver says of it, with its code, and nothing of the query', () => {
    const driver = Object.assign(new Error('relation "x" does not exist'), {
      code: '42P01',
      query: 'select $1',
    })
    const wrapped = Object.assign(new Error('Failed query\nparams: ada@example.test'), {
      query: 'select $1',
      cause: driver,
    })
    expect(failureText(wrapped)).toBe('Error: relation "x" does not exist (42P01)')
    expect(failureText(driver)).toBe('Error: relation "x" does not exist (42P01)')
  })

  it('that Postgres reports is called so, whatever a build made of the driver’s class', () => {
    const reported = Object.assign(new Error('deadlock detected'), {
      name: 'd',
      severity: 'ERROR',
      code: '40P01',
    })
    expect(failureText(reported)).toBe('PostgresError: deadlock detected (40P01)')
  })

  it('says what caused it, too', () => {
    const driver = Object.assign(new Error('no space left'), { code: '53100', query: 'select $1' })
    const error = new Unavailable({ internal: 'Try again.' }, { cause: driver })
    expect(failureText(error)).toBe(
      'Unavailable: Try again. (unavailable) ← Error: no space left (53100)',
    )
  })

  it('keeps out an outside message that may quote an address', () => {
    const error = new Unavailable(
      { internal: 'Try again.' },
      {
        cause: new Error('no link for ada@example.test'),
      },
    )
    expect(failureText(error)).toBe('Unavailable: Try again. (unavailable)')
  })

  it('of anything else is its name and its message', () => {
    expect(failureText(new TypeError('not a function'))).toBe('TypeError: not a function')
    expect(failureText('oops')).toBe('something that is not an error was thrown')
  })
})

describe('a line of the log', () => {
  it.each([
    ['in an address', '{"path":"/api/v1/things?key=ll_live_8fK2mNqXz0a1"}'],
    ['in a header', '{"authorization":"Bearer ll_test_8fK2mNqXz0a1"}'],
    ['twice, and cut off', '{"msg":"ll_live_8fK2 and ll_test_8fK2mNqX"}'],
  ])('holds no API key that was written %s', (_, line) => {
    expect(withoutKeys(line)).not.toContain('8fK2')
    expect(JSON.parse(withoutKeys(line))).toBeTypeOf('object')
  })

  it('that speaks of keys in general is left as it is', () => {
    const line = '{"msg":"Keys begin with ll_live_ or ll_test_."}'
    expect(withoutKeys(line)).toBe(line)
  })
})
