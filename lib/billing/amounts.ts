import { withDeadline } from '@/lib/deadline'
import { Unavailable } from '@/lib/errors'
import type { SubscriptionId } from '@/lib/ids'
import { failureText, log } from '@/lib/log'
import { countRead, mayRead, type Reader } from '@/lib/redis/person-reads'
import { findOpenInvoice } from '@/lib/stripe/invoices'
import { previewNextCharge } from '@/lib/stripe/previews'
import { retrieveTrial } from '@/lib/stripe/subscription-now'
import { type Amounts, type Billing, NO_AMOUNTS } from './billing'

// A page waits for nobody longer: without amounts it says the same, in other words.
const PATIENCE_MS = 2_000

// In these something may be open that its owner is told to pay.
const OWES: readonly Billing['status'][] = ['past_due', 'unpaid', 'incomplete']

/** Reads the amounts that a billing page names in this state. Never throws: without them a page says less. */
export async function readAmounts(reader: Reader, billing: Billing): Promise<Amounts> {
  const { subscriptionId, status } = billing
  const asks = OWES.includes(status) || (status === 'trialing' && !billing.isCanceling)
  if (!subscriptionId || !asks || billing.stale) return NO_AMOUNTS
  try {
    return await withDeadline(
      ask(reader, subscriptionId, status),
      PATIENCE_MS,
      () => new Unavailable('stripe_away'),
    )
  } catch (error) {
    log.warn(
      { subscription: subscriptionId, error: failureText(error) },
      'billing shown without what is owed',
    )
    return NO_AMOUNTS
  }
}

async function ask(
  reader: Reader,
  id: SubscriptionId,
  status: Billing['status'],
): Promise<Amounts> {
  if (!(await mayRead(reader)).allowed) return NO_AMOUNTS
  countRead()
  if (status !== 'trialing') return { ...NO_AMOUNTS, open: await findOpenInvoice(id) }
  const [{ withoutCard }, charge] = await Promise.all([retrieveTrial(id), previewNextCharge(id)])
  return { ...NO_AMOUNTS, trialEnding: { charge, withoutCard } }
}
