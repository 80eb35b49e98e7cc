import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Claim } from '@/db/queries/claim'
import { GREAT } from '@/lib/catalog/tiers.fixture'
import { STATUSES } from '@/lib/status'
import type { SubscriptionItemSnapshot } from '@/lib/stripe/subscription-item'
import { type Context, converge, type Read } from './converge'
import { NO_CHANGE } from './no-change'
import { claim, day, entitlement, item, NO_PRICES, NOW, row, snapshot } from './rows.fixture'

const context: Context = {
  actor: { type: 'system', job: 'drain' },
  now: NOW,
  prices: NO_PRICES,
}
const read = (subscriptions: Read['subscriptions']): Read => ({ subscriptions, customer: null })
describe('for any customer', () => {
  const shown = fc.uniqueArray(
    fc
      .record({
        id: fc.nat(20).map((n) => `sub_${n}` as const),
        status: fc.constantFrom(...STATUSES, 'unknown' as const),
        cancelAt: fc.constantFrom(null, day(10), day(-1)),
        endedAt: fc.constantFrom(null, day(-1)),
        items: fc.constantFrom<SubscriptionItemSnapshot[]>(
          [item()],
          [item({ metadataTier: GREAT })],
          [item({ metadataTier: 'gold' })],
          [],
        ),
      })
      .map(snapshot),
    { selector: ({ id }) => id, maxLength: 5 },
  )

  it('the same claim and read make the same change, and once applied the read is no news', () => {
    fc.assert(
      fc.property(shown, shown, (before, after) => {
        const first = applied(claim(), read(before))
        const change = converge(first, read(after), context)
        expect(converge(first, read(after), context)).toEqual(change)
        const again = converge(applied(first, read(after)), read(after), context)
        expect(again).toEqual({ ...NO_CHANGE, retry: change.retry })
      }),
    )
  })

  function applied(on: Claim, seen: Read): Claim {
    const change = converge(on, seen, context)
    const rows = new Map(on.subscriptions.map((each) => [each.id, each]))
    for (const each of change.subscriptions) rows.set(each.id, row(each))
    const granted = change.entitlement && entitlement(change.entitlement)
    return claim({ subscriptions: [...rows.values()], entitlement: granted ?? on.entitlement })
  }
})
