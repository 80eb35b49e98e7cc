import type Stripe from 'stripe'
import { newId, randomText } from '@/sandbox/ids'
import { buildInvoice } from '@/sandbox/lifecycle/invoice/draft'
import type { Tx } from '@/sandbox/store/transaction'
import { type NewItem, writtenDown } from './create'
import { firstLines } from './first-lines'

/** The first invoice of a subscription that does not exist yet. */
export function previewFirstInvoice(
  tx: Tx,
  customer: string,
  asked: readonly NewItem[],
  /** What else it is to have, such as discounts. */
  given: (plain: Stripe.Subscription) => Readonly<Stripe.Subscription>,
): Stripe.Invoice {
  const plain = writtenDown(tx, newId('sub'), {
    customer,
    items: [...asked],
    trialEnd: null,
    method: null,
    given: { status: 'active' },
  })
  const subscription = given(plain)
  const lines = (invoice: string) =>
    firstLines(tx, invoice, subscription, { trial: false, prorates: true })
  return buildInvoice(tx, subscription, upcomingId(), { reason: 'upcoming', lines })
}

/** Previews have ids of their own kind, and are never stored under them. */
export function upcomingId(): string {
  return `upcoming_in_1${randomText(23)}`
}
