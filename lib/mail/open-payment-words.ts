import { PLANS } from '@/lib/catalog/plans'
import { parseTier } from '@/lib/entitlements/governing'
import { formatMoney } from '@/lib/money'
import type { OpenPayment } from './open-payment'

/** What an open invoice still asks for, and the plan that it pays for where there is one. */
export function whatFor({ invoice, subscription }: OpenPayment): string {
  const tier = parseTier(subscription?.tier ?? null)
  const amount = formatMoney(invoice.remaining)
  return tier ? `${amount} for ${PLANS[tier].name}` : amount
}

/**
 * Where it is paid. Stripe's page takes the money for this invoice alone: where that would not bring the plan
 * back, the email does not link to it.
 */
export function remedy(
  { invoice, billingUrl }: OpenPayment,
  label: string,
): { label: string; url: string } {
  const { subscription, payUrl } = invoice
  const helps =
    !subscription ||
    (subscription.status !== 'paused' && subscription.latestInvoiceId === invoice.id)
  return payUrl && helps ? { label, url: payUrl } : { label: 'See your billing', url: billingUrl }
}
