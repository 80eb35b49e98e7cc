import { PATIENCE, within } from '@/lib/deadline'
import type { SubscriptionId, UserId } from '@/lib/ids'
import { failureText, log } from '@/lib/log'
import type { Money } from '@/lib/money'
import { countRead, mayRead } from '@/lib/redis/person-reads'
import { retrieveManaged } from '@/lib/stripe/managed-subscription'
import { leftOfInvoice } from '@/lib/stripe/refunds'
import { paidForPeriod } from '@/lib/subscriptions/refund-period'

/**
 * What a refund of the current period sends back, as Stripe has it now; null when Stripe is away, or was asked
 * often. Never throws.
 */
export async function readRefundable(
  id: SubscriptionId,
  operator: { id: UserId },
): Promise<Money | null> {
  if (!(await mayRead(operator.id)).allowed) return null
  try {
    return await within(PATIENCE.stripe, () => ask(id))
  } catch (error) {
    log.warn({ target: id, error: failureText(error) }, 'console shown without what can go back')
    return null
  }
}

async function ask(id: SubscriptionId): Promise<Money> {
  countRead()
  const subscription = await retrieveManaged(id)
  countRead()
  const invoices = await paidForPeriod(subscription)
  const left = await Promise.all(
    invoices.map((invoice) => {
      // Its payments, and the charge behind them.
      countRead()
      countRead()
      return leftOfInvoice(invoice)
    }),
  )
  return {
    amount: left.reduce((sum, each) => sum + each, 0),
    currency: subscription.currency,
  }
}
