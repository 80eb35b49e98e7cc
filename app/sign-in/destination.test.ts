import { describe, expect, test } from 'vitest'
import { reviewOf } from '@/app/settings/billing/plans/review-of'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { destination } from './destination'

describe('where signing in leads', () => {
  test('a chosen plan leads on to its checkout', () => {
    expect(destination({ plan: SMALL, interval: 'year' })).toBe(
      `/checkout/continue?plan=${SMALL}&interval=year`,
    )
  })

  test('a promotion code that came by link goes along', () => {
    expect(destination({ plan: SMALL, interval: 'year', code: 'LAUNCH20' })).toBe(
      `/checkout/continue?plan=${SMALL}&interval=year&code=LAUNCH20`,
    )
  })

  test('a checkout that is gone on from goes along, as its promotion code is kept with it', () => {
    expect(destination({ plan: SMALL, interval: 'year', from: 'cs_test_1' })).toBe(
      `/checkout/continue?plan=${SMALL}&interval=year&from=cs_test_1`,
    )
  })

  test('a change of plan that was chosen is shown again', () => {
    const review = reviewOf({ tier: SMALL, interval: 'year' })
    expect(destination({ return: review })).toBe(review)
  })

  test('a page that asked gets its visitor back', () => {
    expect(destination({ return: '/checkout/return?session_id=cs_test_1' })).toBe(
      '/checkout/return?session_id=cs_test_1',
    )
  })

  test('no redirect goes to another site, nor to an action', () => {
    for (const away of [
      'https://evil.test/',
      '//evil.test',
      '/\\evil.test',
      '/api/auth/signout',
      'billing',
    ]) {
      expect(destination({ return: away })).toBe('/settings/billing')
    }
  })
})
