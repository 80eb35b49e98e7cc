import { findFacts } from '@/db/queries/facts'
import { findSubscription, listSubscriptionsOf } from '@/db/queries/subscriptions'
import { PLANS } from '@/lib/catalog/plans'
import { parseTier } from '@/lib/entitlements/governing'
import { env } from '@/lib/env'
import { type CustomerId, parseInvoiceId } from '@/lib/ids'
import type { Mail } from '@/lib/mail/mail'
import { type PaidInvoice, paidEmail } from '@/lib/mail/paid-email'
import { type InvoiceSnapshot, retrieveInvoice } from '@/lib/stripe/invoices'
import type { Writing } from './writing'

/**
 * Of an invoice that was paid: the first of a plan, or a renewal that had failed. Null for every other renewal, and
 * when the plan is not on: what is still open, or has ended, has emails of its own.
 */
export async function aboutPaid({ notification, to, now }: Writing): Promise<Mail | null> {
  const { objectId, customerId } = notification
  // Nearly all are renewals that went well: our own records say so, and Stripe is not asked.
  if (!(await beganLately(customerId, now)) && !(await hasFailed(objectId))) return null
  const invoice = await retrieveInvoice(parseInvoiceId(notification.objectId))
  const { subscription, paid, paidAt, carried } = invoice
  if (!subscription || subscription.endedAt || invoice.status !== 'paid' || !paidAt) return null
  if (subscription.status !== 'active') return null
  const about = await aboutOf(invoice)
  if (!about) return null
  const row = await findSubscription(subscription.id)
  const tier = parseTier(row?.tier ?? null)
  return paidEmail({
    to,
    about,
    plan: tier && PLANS[tier].name,
    paid,
    ...{ paidAt, carried },
    tookDays: paidAt.getTime() - invoice.created.getTime() > DAY_MS,
    renewsAt: subscription.currentPeriodEnd,
    endsAt: subscription.cancelAt,
    billingUrl: `${env().appUrl}/settings/billing`,
  })
}

// A card is asked within an hour of its invoice; a first payment lapses within a day.
const DAY_MS = 86_400_000

async function aboutOf(invoice: InvoiceSnapshot): Promise<PaidInvoice['about'] | null> {
  const { billingReason, created, subscription } = invoice
  const trialEnd = subscription?.trialEnd ?? null
  // Stripe makes an invoice over nothing when a trial begins.
  if (billingReason === 'subscription_create')
    return trialEnd && trialEnd > created ? null : 'first'
  if (billingReason !== 'subscription_cycle') return null
  const sinceTrial = trialEnd ? created.getTime() - trialEnd.getTime() : null
  if (sinceTrial !== null && sinceTrial >= 0 && sinceTrial < DAY_MS) return 'first'
  return (await hasFailed(invoice.id)) ? 'recovered' : null
}

// A first payment by bank debit arrives within days; the rest is for emails that had to wait.
const LATELY_MS = 14 * DAY_MS

async function beganLately(customerId: CustomerId | null, now: Date): Promise<boolean> {
  const rows = customerId ? await listSubscriptionsOf(customerId) : []
  return rows.some(({ stripeCreatedAt, trialEnd }) =>
    [stripeCreatedAt, trialEnd].some((at) => at && now.getTime() - at.getTime() < LATELY_MS),
  )
}

// More attempts than any of Stripe's schedules has. An attempt by hand does not raise its count, and the first has
// none of its own with some ways to pay.
const ATTEMPTS = 12

async function hasFailed(id: string): Promise<boolean> {
  const keys = Array.from({ length: ATTEMPTS }, (_, attempt) => [
    `invoice.payment_failed:${id}:${attempt}`,
    `invoice.payment_action_required:${id}:${attempt}`,
  ])
  return (await findFacts(keys.flat())).size > 0
}
