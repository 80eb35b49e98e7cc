import { ACCESS_POLICY } from '@/lib/catalog/access-policy'
import { withDeadline } from '@/lib/deadline'
import { Unavailable } from '@/lib/errors'
import type { SubscriptionId } from '@/lib/ids'
import { failureText, log } from '@/lib/log'
import type { Money } from '@/lib/money'
import { countRead, mayRead, type Reader } from '@/lib/redis/person-reads'
import { findOpenInvoice, type OpenInvoice } from '@/lib/stripe/invoices'
import { retrieveManaged } from '@/lib/stripe/managed-subscription'
import { priceOfWay, wayOn } from '@/lib/stripe/way-on'
import { type Amounts, type Billing, isHeld, type Next } from './billing'
import { readNextCharge } from './next-charge'

// A page waits no longer than this: without amounts it says the same, in other words.
const PATIENCE_MS = 2_000

// In these an invoice may be open that the page asks the customer to pay.
const OWES: readonly Billing['status'][] = ['past_due', 'unpaid', 'incomplete']

/** Reads the amounts that a billing page names in this state. Never throws: without them a page says less. */
export async function readAmounts(reader: Reader, billing: Billing): Promise<Amounts> {
  const { isCanceling, money } = billing
  // Of one that is to end, what is billed already is charged all the same.
  const isBilled = isCanceling && (money.payment === 'open' || money.payment === 'sent')
  const asksToPay = OWES.includes(billing.status) || billing.waitsFor !== null || isBilled
  const [early, next, resumption] = await Promise.all([
    asksToPay ? readOpenInvoice(reader, billing) : null,
    readNextCharge(reader, billing),
    readResumption(reader, billing),
  ])
  // Only Stripe knows that a change waits for its payment while the plan is in order.
  const waits = next.kind === 'charge' && next.coming?.kind === 'waits'
  const open = waits && !asksToPay ? await readOpenInvoice(reader, billing) : early
  return { open, next, trialEnding: trialEnding(billing, next), resumption }
}

/** Whether the first thing that a page says of this state is an amount. */
export function namesAmount(billing: Billing): boolean {
  const { status, waitsFor } = billing
  const names: readonly Billing['status'][] = [...OWES, 'trialing', 'paused']
  return names.includes(status) || waitsFor !== null || isHeld(billing)
}

/**
 * What a plan that is held is charged when it goes on; null for any other, or when Stripe does not
 * say. Never throws.
 */
export async function readResumption(reader: Reader, billing: Billing): Promise<Money | null> {
  if (!isHeld(billing)) return null
  return ask(reader, billing, async (id) => {
    const subscription = await retrieveManaged(id)
    return priceOfWay(
      wayOn(subscription, billing.money, ACCESS_POLICY.pausedCollection),
      subscription,
    )
  })
}

function readOpenInvoice(reader: Reader, billing: Billing): Promise<OpenInvoice | null> {
  return ask(reader, billing, findOpenInvoice)
}

async function ask<T>(
  reader: Reader,
  { subscriptionId, stale }: Billing,
  question: (id: SubscriptionId) => Promise<T>,
): Promise<T | null> {
  if (!subscriptionId || stale) return null
  try {
    if (!(await mayRead(reader)).allowed) return null
    countRead()
    const late = () => new Unavailable('stripe_away')
    return await withDeadline(question(subscriptionId), PATIENCE_MS, late)
  } catch (error) {
    log.warn(
      { subscription: subscriptionId, error: failureText(error) },
      'billing shown without what is owed',
    )
    return null
  }
}

function trialEnding({ status }: Billing, next: Next): Amounts['trialEnding'] {
  if (status !== 'trialing' || next.kind !== 'charge') return null
  const { due: amount, currency, withoutCard } = next.charge
  return { charge: { amount, currency }, withoutCard }
}
