import { describe, expect, it } from 'vitest'
import { NOW } from '@/sandbox/test/pages/sample-views'
import { TEST_CARDS } from './test-cards'
import { type CardInput, validateCard } from './validate'

const GOOD: CardInput = {
  number: '4242 4242 4242 4242',
  expiry: '12 / 34',
  cvc: '123',
  name: 'Ana Example',
  country: 'US',
  postalCode: '94107',
}

/** The messages for the form with one field changed. */
function errorsWith(change: Partial<CardInput>) {
  return validateCard({ ...GOOD, ...change }, NOW).errors ?? {}
}

describe('a card form', () => {
  it('reads a good card', () => {
    expect(validateCard(GOOD, NOW).card).toEqual({
      number: '4242424242424242',
      expMonth: 12,
      expYear: 2034,
      cvc: '123',
      name: 'Ana Example',
      country: 'US',
      postalCode: '94107',
    })
  })

  it.each(TEST_CARDS.map(({ number }) => number))('takes the test card %s', (number) => {
    expect(errorsWith({ number })).toEqual({})
  })

  it.each(['12/34', '1234', '12 / 2034', '12-34', ' 12 / 34 '])(
    'reads the expiration %j',
    (expiry) => {
      expect(validateCard({ ...GOOD, expiry }, NOW).card).toMatchObject({
        expMonth: 12,
        expYear: 2034,
      })
    },
  )

  it.each([
    ['', 'Enter a card number.'],
    ['4242 4242 4242 424x', 'A card number has digits only.'],
    ['4242', 'That card number is too short.'],
    ['42424242424242424242', 'That card number is too long.'],
    ['4242 4242 4242 4241', 'That card number is not right. Check the digits.'],
  ])('says what is wrong with the number %j', (number, message) => {
    expect(errorsWith({ number })).toEqual({ number: message })
  })

  it.each(['', '1', '13 / 30', '00 / 30', 'soon', '12 / 345'])(
    'asks for MM / YY instead of %j',
    (expiry) => {
      expect(errorsWith({ expiry }).expiry).toMatch(/expiration date/)
    },
  )

  it('takes a card to the end of its month, by the sandbox clock', () => {
    expect(errorsWith({ expiry: '11 / 26' })).toEqual({})
    expect(errorsWith({ expiry: '10 / 26' })).toEqual({ expiry: 'This card has expired.' })
    expect(validateCard({ ...GOOD, expiry: '11 / 26' }, Date.UTC(2026, 11) / 1000).errors).toEqual({
      expiry: 'This card has expired.',
    })
    expect(errorsWith({ expiry: '11 / 99' }).expiry).toBe('That expiration year is too far ahead.')
  })

  it('wants 3 digits as the security code, 4 on American Express', () => {
    expect(errorsWith({ cvc: '12' }).cvc).toMatch(/3 digits/)
    expect(errorsWith({ cvc: 'abc' }).cvc).toMatch(/3 digits/)
    const amex = { number: '3782 822463 10005' }
    expect(errorsWith({ ...amex, cvc: '1234' })).toEqual({})
    expect(errorsWith({ ...amex, cvc: '123' }).cvc).toMatch(/4 digits/)
  })

  it('wants a postal code where banks check one, and nothing of other countries', () => {
    expect(errorsWith({ postalCode: '' }).postalCode).toBe('Enter a ZIP code.')
    expect(errorsWith({ postalCode: 'ABC' }).postalCode).toBe('A ZIP code has 5 digits.')
    expect(errorsWith({ country: 'DE', postalCode: '' })).toEqual({})
    expect(errorsWith({ country: 'Germany' }).country).toBe('Choose a country.')
  })

  it('lists everything that is wrong at once', () => {
    const empty = { number: '', expiry: '', cvc: '', name: ' ', country: '', postalCode: '' }
    expect(Object.keys(errorsWith(empty)).sort()).toEqual([
      'country',
      'cvc',
      'expiry',
      'name',
      'number',
    ])
  })
})
