import type { SubscriptionRow } from '@/db/queries/claim'
import type { Money } from '@/lib/money'
import type { InvoiceSnapshot } from '@/lib/stripe/invoices'

/** What an email about a payment that is still open is written from. */
export type OpenPayment = {
  to: string
  /** Open, and of a subscription that lives, or of none. */
  invoice: InvoiceSnapshot
  /** What it pays for, by our records; null for an invoice of its own. */
  subscription: SubscriptionRow | null
  /** All that is owed of the same plan, where this is not the only invoice that is open; null where it is. */
  owed: Money | null
  /** Where to change the card, on our own pages. */
  billingUrl: string
  now: Date
}
