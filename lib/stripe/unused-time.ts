import type Stripe from 'stripe'
import { toUnix } from '@/lib/clock'
import type { SubscriptionId } from '@/lib/ids'
import { callStripe } from './call'

/**
 * What the time of a subscription is worth that is paid for and lies after an instant, with its discounts and taxes, by
 * Stripe's own preview of its end. Minor units; nothing is changed.
 */
export async function previewUnused(subscription: SubscriptionId, at: Date): Promise<number> {
  const { lines } = await callStripe((stripe) =>
    stripe.invoices.createPreview({
      subscription,
      subscription_details: {
        cancel_now: true,
        proration_behavior: 'create_prorations',
        proration_date: toUnix(at),
      },
    }),
  )
  const credit = lines.data.filter(isUnused).reduce((sum, line) => sum + worth(line), 0)
  return Math.max(0, -credit)
}

// Whatever else would be billed at its end, such as what was used, is no time that is given back.
function isUnused({ amount, parent }: Stripe.InvoiceLineItem): boolean {
  const details = parent?.subscription_item_details ?? parent?.invoice_item_details
  return amount < 0 && details?.proration === true
}

function worth({ amount, discount_amounts: off, taxes }: Stripe.InvoiceLineItem): number {
  const added = (taxes ?? []).filter(({ tax_behavior: how }) => how === 'exclusive')
  const sum = (all: readonly { amount: number }[]) =>
    all.reduce((one, each) => one + each.amount, 0)
  return amount - sum(off ?? []) + sum(added)
}
