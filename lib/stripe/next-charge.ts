import Stripe from 'stripe'
import type { InvoicePreview, NextCharge } from '@/lib/charge'
import type { SubscriptionId } from '@/lib/ids'
import { callStripe } from './call'
import { readHowPaid } from './how-paid'
import { invoicePreview, PREVIEW_EXPAND } from './invoice-preview'

/**
 * What a subscription will be charged next, as Stripe works it out: with its discounts, taxes, credit and
 * what earlier changes left. Null when nothing follows, because it ends.
 * @throws {NotFound} Stripe does not have it
 */
export async function previewNextCharge(id: SubscriptionId): Promise<NextCharge | null> {
  const [preview, how] = await Promise.all([previewRenewal(id), readHowPaid(id)])
  return preview && { ...preview, ...how }
}

function previewRenewal(subscription: SubscriptionId): Promise<InvoicePreview | null> {
  return callStripe(async (stripe) => {
    try {
      const asked = { subscription, expand: PREVIEW_EXPAND }
      return invoicePreview(await stripe.invoices.createPreview(asked))
    } catch (error) {
      if (isNothing(error)) return null
      throw error
    }
  })
}

function isNothing(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeError && error.code === 'invoice_upcoming_none'
}
