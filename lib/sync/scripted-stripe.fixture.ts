import { BRAND } from '@/lib/brand'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { NotFound } from '@/lib/errors'
import type { CustomerId } from '@/lib/ids'
import type { CustomerSnapshot } from '@/lib/stripe/customers'
import type { SubscriptionSnapshot } from '@/lib/stripe/subscriptions'
import type { StripeReader } from './ports'

/** Of a customer that says nothing of whose it is. */
export const NO_METADATA = { app: null, env: null, workspaceId: null, userId: null }

/** A Stripe for tests: shows what the test put there, counts its reads, and can be held or broken. */
export type ScriptedStripe = StripeReader & {
  show(...subscriptions: SubscriptionSnapshot[]): void
  /** Runs while a read is under way, before it answers. */
  during(meanwhile: () => Promise<void>): void
  break(error: Error | null): void
  know(id: CustomerId, metadata: CustomerSnapshot['metadata']): void
  deleteCustomer(id: CustomerId): void
  reads: number
}

export function scriptedStripe(): ScriptedStripe {
  let shown: SubscriptionSnapshot[] = []
  let meanwhile = async () => {}
  let broken: Error | null = null
  const people = new Map<CustomerId, Omit<CustomerSnapshot, 'id'>>()
  return {
    reads: 0,
    show(...subscriptions) {
      shown = subscriptions
    },
    during(next) {
      meanwhile = next
    },
    break(error) {
      broken = error
    },
    know(id, metadata) {
      people.set(id, { deleted: false, metadata })
    },
    deleteCustomer(id) {
      people.set(id, {
        deleted: true,
        metadata: NO_METADATA,
      })
    },
    async listSubscriptions() {
      this.reads += 1
      if (broken) throw broken
      const answer = shown
      const interruption = meanwhile
      meanwhile = async () => {}
      await interruption()
      return answer
    },
    async retrieveCustomer(id) {
      const person = people.get(id)
      if (!person) throw new NotFound('not_at_stripe')
      return { id, ...person }
    },
    retrieveCharge: () => Promise.reject(new NotFound('not_at_stripe')),
    retrieveReversal: async () => null,
    listPricesOf: async () => [],
  }
}

const DAY = 86_400_000

/** A paid-up monthly Pro subscription, with what the test says differently. */
export function snapshotOf(
  given: Partial<SubscriptionSnapshot> & {
    tier?: string | null
    priceId?: string
    periodEnd?: Date
  } = {},
): SubscriptionSnapshot {
  const { tier = SMALL, priceId = `price_${tier}`, periodEnd, ...fields } = given
  const created = fields.created ?? new Date('2026-11-01T00:00:00Z')
  return {
    id: 'sub_1',
    customerId: 'cus_1',
    status: 'active',
    items: [
      {
        id: 'si_1',
        priceId,
        productId: 'prod_1',
        lookupKey: null,
        interval: 'month',
        intervalCount: 1,
        unitAmount: 1900,
        exactAmount: 1900,
        currency: 'usd',
        quantity: 1,
        metadataTier: tier,
        productMetadataTier: null,
        currentPeriodStart: created,
        currentPeriodEnd: periodEnd ?? new Date(Date.now() + 30 * DAY),
      },
    ],
    cancelAt: null,
    cancelAtPeriodEnd: false,
    canceledAt: null,
    endedAt: null,
    trialStart: null,
    trialEnd: null,
    created,
    pauseCollection: null,
    discounts: [],
    invoices: [],
    formerPrices: [],
    metadata: { app: BRAND.stripe.app, env: 'test' },
    scheduleId: null,
    ...fields,
  }
}
