import Stripe from 'stripe'
import type { InvoicePreview, NextCharge } from '@/lib/charge'
import type { SubscriptionId } from '@/lib/ids'
import { callStripe } from './call'
import { draftCharge } from './draft-charge'
import { howPaid, retrieveToCharge } from './how-paid'
import { invoicePreview, PREVIEW_EXPAND } from './invoice-preview'
import { idOf } from './read'

/**
 * What a subscription will be charged next, as Stripe works it out: with its discounts, taxes, credit and
 * what earlier changes left. In the hour after a renewal that is its draft, of which a preview knows nothing. Null when
 * nothing follows, because it ends.
 * @throws {NotFound} Stripe does not have it
 */
export async function previewNextCharge(id: SubscriptionId): Promise<NextCharge | null> {
  const [preview, subscription] = await Promise.all([previewRenewal(id), retrieveToCharge(id)])
  const drafted = await readDraft(subscription)
  const invoice = drafted ?? preview
  return invoice && { ...invoice, ...howPaid(subscription), isDrafted: drafted !== null }
}

// While collection is paused a draft is let pass.
async function readDraft(subscription: Stripe.Subscription): Promise<InvoicePreview | null> {
  const { pause_collection: pause, latest_invoice: latest } = subscription
  const draft = pause ? null : draftCharge(subscription)
  if (!draft) return null
  const shown = await callStripe((stripe) =>
    stripe.invoices.retrieve(String(idOf(latest)), { expand: PREVIEW_EXPAND }),
  )
  // Finalized in between: it is charged at this moment, and says so as what is open or paid.
  if (shown.status !== 'draft') return null
  const { at, carried } = draft
  const due = draft.amount.amount
  return { ...invoicePreview(shown), at, due, carried, balance: due + carried - shown.total }
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
