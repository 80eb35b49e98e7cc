import { expect, it } from 'vitest'
import { ACCESS_POLICY } from '@/lib/catalog/access-policy'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { invoice, line } from '@/lib/sync/rows.fixture'
import { paymentOf } from './payment-of'
import { takenBack } from './taken-back'

const TIERS: Record<string, string> = { price_pro: SMALL, price_studio: GREAT }
const tierOfPrice = (id: string) => TIERS[id] ?? null
const paid = invoice({ reason: 'first' })

it('nothing is taken back by our own policy', () => {
  expect(takenBack(ACCESS_POLICY)).toEqual([])
})

it.each([
  ['refunded', 'fullRefund'],
  ['dispute_lost', 'lostDispute'],
] as const)(
  'a change whose money was %s is not paid, where the policy takes it back',
  (reversed, rule) => {
    const lines = [line({ amount: -1900 }), line({ priceId: 'price_studio', amount: 4900 })]
    const change = invoice({ id: 'in_2', reason: 'change', total: 3000, lines, reversed })
    const of = { invoices: [change, paid], trialEnd: null, tierOfPrice }
    expect(paymentOf(of, ACCESS_POLICY)).toMatchObject({ changeUnpaid: false })
    expect(paymentOf(of, { ...ACCESS_POLICY, [rule]: 'end' })).toMatchObject({
      changeUnpaid: true,
      coveredTier: SMALL,
    })
  },
)

it.each(['refunded', 'dispute_lost'] as const)('money that was %s is shown', (reversed) => {
  const of = { invoices: [invoice({ reversed })], trialEnd: null, tierOfPrice }
  expect(paymentOf(of, ACCESS_POLICY)).toMatchObject({ payment: reversed, owes: null })
})
