import type { Claim } from '@/db/queries/claim'
import type { Applied, Change, ClaimAnswer, Finish } from '@/db/queries/ledger'
import type { Subscriber } from '@/db/queries/subscribers'
import type { ConfiguredPrices, PricedAs } from '@/lib/catalog/tier-for-price'
import type { Clock } from '@/lib/clock'
import type { Target } from '@/lib/events/target'
import type { ChargeId, CustomerId } from '@/lib/ids'
import type { ChargeReversal } from '@/lib/stripe/charge-reversal'
import type { ChargeSnapshot } from '@/lib/stripe/charges'
import type { CustomerSnapshot } from '@/lib/stripe/customers'
import type { SubscriptionSnapshot } from '@/lib/stripe/subscriptions'

/** What convergence needs of Postgres. Each is one round trip, and safe to repeat. */
export type Ledger = {
  claimTarget(
    key: string,
    options: { fence?: number; mark?: boolean; takeover?: boolean },
  ): Promise<ClaimAnswer>
  claimDue(limit: number): Promise<Claim[]>
  applySync(claim: Claim, change: Change, finish: Finish): Promise<Applied>
  failTarget(claim: Claim, error: string, finish: Pick<Finish, 'countAttempt'>): Promise<void>
  /** The subscribers of these prices, by our records. */
  listSubscribers(priceIds: string[]): Promise<Subscriber[]>
}

/** What convergence needs of Stripe: what is true now. */
export type StripeReader = {
  listSubscriptions(customerId: CustomerId): Promise<SubscriptionSnapshot[]>
  retrieveCustomer(customerId: CustomerId): Promise<CustomerSnapshot>
  retrieveCharge(id: ChargeId): Promise<ChargeSnapshot>
  /** A refund or a dispute; null where Stripe does not have it. */
  retrieveReversal(id: string): Promise<ChargeReversal | null>
  /** A price, or all prices of a product, on sale or not; none where Stripe has it no longer. */
  listPricesOf(target: Extract<Target, { kind: 'price' | 'product' }>): Promise<PricedAs[]>
}

/** The algorithm's whole outside. Production, tests and the simulator each bring their own. */
export type SyncPorts = {
  ledger: Ledger
  stripe: StripeReader
  /**
   * Waits until Stripe may be read once more, and counts the read. A person's read (`urgent`) is
   * counted and never waits.
   * @throws {Unavailable} there is no room for a while
   */
  pace(urgent: boolean): Promise<void>
  /** Does `work` when it is its turn among all that this process does: answers to Stripe go first. */
  inTurn<T>(work: () => Promise<T>): Promise<T>
  /** Business time: it decides about periods and grace, never about leases. */
  clock: Clock
  sleep(milliseconds: number): Promise<void>
  prices: ConfiguredPrices
  appEnv: string
  livemode: boolean
}
