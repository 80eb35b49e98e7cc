import type Stripe from 'stripe'
import { newId } from '@/sandbox/ids'
import type { Grant } from '@/sandbox/lifecycle/discount/grant'
import { itemDiscounts, keepItemDiscounts } from '@/sandbox/lifecycle/discount/on-items'
import { redeem } from '@/sandbox/lifecycle/discount/redeem'
import { draftInvoice } from '@/sandbox/lifecycle/invoice/draft'
import { finalize } from '@/sandbox/lifecycle/invoice/finalize'
import { itemList, newItem, newSubscription } from '@/sandbox/objects/subscription'
import type { Settings } from '@/sandbox/settings'
import type { Tx } from '@/sandbox/store/transaction'
import { firstLines, firstPeriod } from './first-lines'

export interface NewItem {
  price: string
  quantity: number
  metadata?: Record<string, string>
  tax_rates?: Stripe.TaxRate[]
  discounts?: readonly Grant[]
}

export interface NewSubscription {
  customer: string
  items: NewItem[]
  trialEnd: number | null
  method: string | null
  given: Partial<Stripe.Subscription>
  discounts?: readonly Grant[]
  /** The Checkout session that it comes from. */
  session?: string
  currency?: string | undefined
  /** From which instant whole periods are counted, and whether the part before it is charged. */
  anchor?: number | null
  prorates?: boolean
  /** Since when it counts, in the past. */
  backdated?: number | undefined
  /** Puts more on its first invoice. */
  adds?: (subscription: Stripe.Subscription) => void
  /** More lines of its first invoice. */
  extra?: (subscription: Stripe.Subscription, invoice: string) => Stripe.InvoiceLineItem[]
  /** Its first invoice stays a draft for an hour, and is asked for then. */
  drafts?: boolean
}

// Stripe leaves a draft open to change for about an hour.
const DRAFT_SECONDS = 3600

/**
 * Writes a subscription with its first invoice, finalized. It is incomplete until what is due is
 * paid, unless nothing is.
 */
export function createSubscription(
  tx: Tx,
  settings: Settings,
  asked: NewSubscription,
): { subscription: Stripe.Subscription; invoice: Stripe.Invoice } {
  const id = newId('sub')
  const trial = asked.trialEnd !== null
  const subscription = tx.insert('subscription', writtenDown(tx, id, asked))
  subscription.discounts = (asked.discounts ?? []).map(
    (grant) =>
      redeem(
        tx,
        {
          subscription: id,
          customer: asked.customer,
          checkout_session: asked.session ?? null,
        },
        grant,
      ).id,
  )
  keepItemDiscounts(tx, subscription.items.data)
  tx.edit('customer', asked.customer).currency ??= subscription.currency
  asked.adds?.(subscription)
  const lines = (invoice: string) => [
    ...firstLines(tx, invoice, subscription, { trial, prorates: asked.prorates ?? true }),
    ...(asked.extra?.(subscription, invoice) ?? []),
  ]
  const draft = draftInvoice(tx, id, {
    reason: 'subscription_create',
    lines,
    alone: asked.session !== undefined,
  })
  if (asked.drafts) {
    draft.automatically_finalizes_at = tx.now + DRAFT_SECONDS
    if (!trial) subscription.status = 'active'
    return { subscription, invoice: draft }
  }
  const invoice = finalize(tx, settings, draft.id)
  if (invoice.status === 'paid' && !trial) subscription.status = 'active'
  return { subscription, invoice }
}

/** A subscription as it would be; nothing is written. */
export function writtenDown(tx: Tx, id: string, asked: NewSubscription): Stripe.Subscription {
  const { trialEnd, anchor = null } = asked
  const trial = trialEnd !== null
  const items = asked.items.map(({ price: priceId, quantity, metadata, tax_rates }) => {
    const price = structuredClone(tx.get('price', priceId))
    const period = trial ? { start: tx.now, end: trialEnd } : firstPeriod(tx.now, price, anchor)
    const item = newItem(tx.now, id, price, quantity, period)
    return { ...item, metadata: metadata ?? {}, tax_rates: tax_rates ?? [] }
  })
  const plain = newSubscription(tx.now, {
    id,
    customer: asked.customer,
    currency: asked.currency ?? items[0]?.price.currency ?? 'usd',
    status: trial ? 'trialing' : 'incomplete',
    items: itemList(id, items),
  })
  for (const [nth, item] of items.entries())
    item.discounts = itemDiscounts(tx, plain, item.id, asked.items[nth]?.discounts ?? [])
  return {
    ...plain,
    billing_cycle_anchor: trialEnd ?? anchor ?? tx.now,
    default_payment_method: asked.method,
    start_date: asked.backdated ?? tx.now,
    test_clock: tx.get('customer', asked.customer).test_clock ?? null,
    trial_start: trial ? tx.now : null,
    trial_end: trialEnd,
    ...asked.given,
  }
}
