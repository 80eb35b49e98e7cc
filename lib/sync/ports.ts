import type { Claim } from '@/db/queries/claim'
import type { Applied, Change, ClaimAnswer, Manner } from '@/db/queries/ledger'
import type { ConfiguredPrices } from '@/lib/catalog/tier-for-price'
import type { Clock } from '@/lib/clock'
import type { CustomerId } from '@/lib/ids'
import type { CustomerSnapshot } from '@/lib/stripe/customers'
import type { SubscriptionSnapshot } from '@/lib/stripe/subscriptions'

/** What convergence needs of Postgres. Each is one round trip, and safe to repeat. */
export type Ledger = {
  claimTarget(
    key: string,
    options: { fence?: number; mark?: boolean; takeover?: boolean },
  ): Promise<ClaimAnswer>
  claimDue(limit: number): Promise<Claim[]>
  applySync(claim: Claim, change: Change, manner: Manner): Promise<Applied>
  failTarget(claim: Claim, error: string, manner: Pick<Manner, 'counts'>): Promise<void>
}

/** What convergence needs of Stripe: what is true now. */
export type StripeReader = {
  listSubscriptions(customerId: CustomerId): Promise<SubscriptionSnapshot[]>
  retrieveCustomer(customerId: CustomerId): Promise<CustomerSnapshot>
}

/** The algorithm's whole outside. Production, tests and the simulator each bring their own. */
export type SyncPorts = {
  ledger: Ledger
  stripe: StripeReader
  /** Business time: it decides about periods and grace, never about leases. */
  clock: Clock
  sleep(milliseconds: number): Promise<void>
  prices: ConfiguredPrices
  appEnv: string
  livemode: boolean
}
