import { findOpenMove } from '@/db/queries/price-moves'
import { findSubscription } from '@/db/queries/subscriptions'
import { tierForPrice } from '@/lib/catalog/tier-for-price'
import { calendarDay } from '@/lib/clock'
import { parseTier } from '@/lib/entitlements/governing'
import { env } from '@/lib/env'
import { parseInvoiceId, parseSubscriptionId, type SubscriptionId } from '@/lib/ids'
import type { Mail } from '@/lib/mail/mail'
import { planChangedEmail, planChangesEmail } from '@/lib/mail/plan-change-emails'
import { retrieveInvoice } from '@/lib/stripe/invoices'
import { previewNextCharge } from '@/lib/stripe/next-charge'
import { findScheduled } from '@/lib/stripe/schedules'
import { retrieveSubscription } from '@/lib/stripe/subscription-now'
import { planKey } from '@/lib/sync/change-notifications'
import type { Writing } from './writing'

/** Of a plan that is another than before; null when it is yet another by now, which has an email of its own. */
export async function aboutChangedPlan({ notification, to, now }: Writing): Promise<Mail | null> {
  const id = parseSubscriptionId(notification.objectId)
  const row = await findSubscription(id)
  const tier = parseTier(row?.tier ?? null)
  if (!row || row.endedAt || !tier || tier === 'free') return null
  if (!notification.key.endsWith(`:${planKey(row)}`)) return null
  const subscription = await retrieveSubscription(id)
  if (subscription.endedAt) return null
  const [{ paid, carried, renews }, next] = await Promise.all([
    billFor(subscription.latestInvoiceId, now),
    previewNextCharge(id),
  ])
  return planChangedEmail({
    to,
    tier,
    interval: row.interval,
    quantity: row.quantity ?? 1,
    ...{ paid, carried },
    renews: renews || next?.isDrafted === true,
    next: next && {
      amount: { amount: next.due, currency: next.currency },
      ...{ at: next.at, isDrafted: next.isDrafted },
    },
    endsAt: subscription.cancelAt,
    billingUrl: billingUrl(),
  })
}

// An upgrade is billed by itself. The invoice of one that was made long ago says nothing of this one.
const FRESH_MS = 2 * 86_400_000

const NO_BILL = { paid: null, carried: null, renews: false }

// A change that was planned begins with a renewal, whose own email says what it costs.
async function billFor(latestInvoiceId: string | null, now: Date) {
  if (!latestInvoiceId) return NO_BILL
  const invoice = await retrieveInvoice(parseInvoiceId(latestInvoiceId))
  const { billingReason, created, paid, paidAt, carried, status } = invoice
  if (billingReason === 'subscription_cycle')
    return { ...NO_BILL, renews: now.getTime() - created.getTime() <= FRESH_MS }
  if (billingReason !== 'subscription_update' || status !== 'paid' || !paidAt) return NO_BILL
  if (now.getTime() - paidAt.getTime() > FRESH_MS) return NO_BILL
  if (paid.amount === 0) return { ...NO_BILL, carried: carried.amount > 0 ? carried : null }
  return { ...NO_BILL, paid: { amount: paid, at: paidAt } }
}

/** Of a plan that a schedule changes on a day; null when it does not, or on another day, which has its own email. */
export async function aboutComingPlan({ notification, to }: Writing): Promise<Mail | null> {
  const coming = await findScheduled(notification.objectId)
  if (!coming) return null
  const { subscriptionId, change, quantity, isSame } = coming
  if (!notification.key.endsWith(`:${calendarDay(change.at)}`)) return null
  const tier = tierForPrice(change.price, env().stripe.prices)
  if (!tier || isSame) return null
  // A price that an operator moves is no other plan, and has an email of its own.
  if ((await findOpenMove(subscriptionId))?.toPrice === change.price.id) return null
  return planChangesEmail({
    to,
    tier,
    interval: change.interval,
    quantity,
    at: change.at,
    charge: await chargeOn(change.at, subscriptionId),
    billingUrl: billingUrl(),
  })
}

async function chargeOn(at: Date, id: SubscriptionId) {
  const next = await previewNextCharge(id)
  return next && calendarDay(next.at) === calendarDay(at)
    ? { amount: next.due, currency: next.currency }
    : null
}

function billingUrl(): string {
  return `${env().appUrl}/settings/billing`
}
