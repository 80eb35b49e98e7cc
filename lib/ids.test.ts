import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Invalid } from './errors'
import {
  isCheckoutSessionId,
  isCustomerId,
  isEventId,
  isSubscriptionId,
  parseCheckoutSessionId,
  parseCustomerId,
  parseEventId,
  parseInvoiceId,
  parsePriceId,
  parseProductId,
  parseSubscriptionId,
} from './ids'

describe('an id of Stripe', () => {
  it.each([
    ['customer', parseCustomerId, 'cus_NffrFeUfNV2Hib'],
    ['subscription', parseSubscriptionId, 'sub_1MowQVLkdIwHu7ixeRlqHVzs'],
    ['price', parsePriceId, 'price_1MoBy5LkdIwHu7ixZhnattbh'],
    ['product', parseProductId, 'prod_NWjs8kKbJWmuuc'],
    ['invoice', parseInvoiceId, 'in_1MtHbELkdIwHu7ixl4OzzPMv'],
    ['event', parseEventId, 'evt_1NG8Du2eZvKYlo2CUI79vXWy'],
    ['checkout session', parseCheckoutSessionId, 'cs_test_a11YYufWQzNY63zpQ6QSNRQhkUpVph4W'],
  ])('of a %s is taken as it is, and no other in its place', (noun, parse, id) => {
    expect(parse(id)).toBe(id)
    expect(() => parse('acct_1')).toThrow(
      new Invalid({ internal: `That is not a Stripe ${noun} id.` }),
    )
  })

  it.each([
    ['nothing after the prefix', 'cus_'],
    ['another prefix', 'sub_1'],
    ['a prefix in capitals', 'CUS_1'],
    ['something in front', ' cus_1'],
    ['a line break at the end', 'cus_1\n'],
    ['a path', 'cus_../../v1/charges'],
    ['a query', 'cus_1?expand=all'],
    ['a NUL', 'cus_1\0'],
    ['a letter of another script', 'cus_é'],
    ['more than 255 characters', `cus_${'a'.repeat(252)}`],
    ['a list', ['cus_1']],
    ['nothing', undefined],
  ])('is not one with %s', (_, value) => {
    expect(isCustomerId(value)).toBe(false)
    expect(() => parseCustomerId(value)).toThrow(Invalid)
  })

  it('is at most of one kind', () => {
    const kinds = [isCustomerId, isSubscriptionId, isEventId, isCheckoutSessionId]
    const prefix = fc.constantFrom('cus_', 'sub_', 'evt_', 'cs_', 'in_', '')
    fc.assert(
      fc.property(prefix, fc.string(), (start, rest) => {
        expect(kinds.filter((is) => is(start + rest)).length).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('is never repeated in the refusal: what was sent may be a secret', () => {
    expect(() => parseCustomerId('sk_live_1234')).toThrow(/^That is not a Stripe customer id\.$/)
  })
})
