import type { Claim } from '@/db/queries/claim'
import type { Change, SeenCustomer } from '@/db/queries/ledger'
import { factsOf } from '@/lib/events/facts'
import { retryOf } from '@/lib/events/failures'
import { NO_CHANGE } from './no-change'

/**
 * What follows when Stripe says that it never had a customer. One read is enough and is not tried again:
 * operators are notified once, and the next event, visit or daily scan reads again. Nothing ends by it,
 * because the key may be another account's: access lasts as long as it was paid for.
 */
export function missingCustomer(claim: Claim, customer: SeenCustomer): Change {
  // Its events are authentic, so what they report has happened. No customer is emailed about it: what
  // such an email would say stands at Stripe, with the customer.
  const { facts, failures } = factsOf(claim.events, customer.id)
  return { ...NO_CHANGE, customer, facts, failures, retry: retryOf(failures) }
}
