import { PLANS } from '@/lib/catalog/plans'
import { formatDay } from '@/lib/day'
import { parseTier } from '@/lib/entitlements/governing'
import { formatMoney } from '@/lib/money'
import type { OpenPayment } from './open-payment'
import type { EmailFact } from './render'

/** What an open invoice still asks for, and the plan that it pays for where there is one. */
export function whatFor({ invoice, subscription }: OpenPayment): string {
  const tier = parseTier(subscription?.tier ?? null)
  const amount = formatMoney(invoice.remaining)
  return tier ? `${amount} for ${PLANS[tier].name}` : amount
}

/**
 * Where it is paid. Stripe's page takes the money for this invoice alone: where that would not bring the plan
 * back, or would leave others open, the email does not link to it.
 */
export function remedy(
  { invoice, owed, billingUrl }: OpenPayment,
  label: string,
): { label: string; url: string } {
  const { subscription, payUrl } = invoice
  const helps =
    !subscription ||
    (subscription.status !== 'paused' && subscription.latestInvoiceId === invoice.id)
  if (!payUrl || !helps) return { label: 'See your billing', url: billingUrl }
  return { label, url: owed ? billingUrl : payUrl }
}

/** What else is owed of the same plan, as a sentence of its own. */
export function withTheRest({ owed }: OpenPayment): string[] {
  return owed
    ? [`With what was open before, ${formatMoney(owed)} is owed. Your billing page has all of it.`]
    : []
}

/** What is open, as lines of the email's table. */
export function openPaymentFacts({
  invoice,
  subscription,
  owed,
  now,
}: OpenPayment): (EmailFact | null)[] {
  const tier = parseTier(subscription?.tier ?? null)
  const { remaining, nextAttempt, isConfirming } = invoice
  const tried = !isConfirming && nextAttempt && nextAttempt > now ? formatDay(nextAttempt) : null
  return [
    tier ? ['Plan', PLANS[tier].name] : null,
    ['Not paid yet', formatMoney(remaining)],
    owed ? ['Owed in all', formatMoney(owed)] : null,
    tried ? ['Tried again', tried] : null,
  ]
}
