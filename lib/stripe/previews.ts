import Stripe from 'stripe'
import type { SubscriptionId } from '@/lib/ids'
import type { Money } from '@/lib/money'
import { callStripe } from './call'

/**
 * What a subscription will be charged next, as Stripe works it out: with its discounts, taxes and
 * credit. Null when nothing follows, because it ends.
 */
export async function previewNextCharge(id: SubscriptionId): Promise<Money | null> {
  const preview = await callStripe(async (stripe) => {
    try {
      return await stripe.invoices.createPreview({ subscription: id })
    } catch (error) {
      if (isNothing(error)) return null
      throw error
    }
  })
  return preview && { amount: preview.amount_due, currency: preview.currency }
}

function isNothing(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeError && error.code === 'invoice_upcoming_none'
}
