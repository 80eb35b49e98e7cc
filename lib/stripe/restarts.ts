import Stripe from 'stripe'
import type { InvoiceId, SubscriptionId } from '@/lib/ids'
import { parseSubscriptionId } from '@/lib/ids'
import { isTerminal, parseStatus } from '@/lib/status'
import { callStripe } from './call'
import { idOf } from './read'

/**
 * Starts the plan of an ended subscription anew, with a first period that `paidBy` has paid for:
 * nothing is charged for it. A second time it answers with the one it made. Null where it cannot be:
 * the customer has another subscription, or nothing to charge later, or the price is off sale.
 */
export async function restartSubscription(
  ended: SubscriptionId,
  paidBy: InvoiceId,
): Promise<SubscriptionId | null> {
  return callStripe(async (stripe) => {
    const old = await stripe.subscriptions.retrieve(ended)
    const customer = String(idOf(old.customer))
    const living = await livingOf(stripe, customer)
    const made = living.find(({ metadata }) => metadata.paid_by === paidBy)
    if (made) return parseSubscriptionId(made.id)
    if (living.length > 0) return null
    try {
      const coupon = await firstPeriodFree(stripe, paidBy)
      const method = await methodOf(stripe, customer, paidBy)
      const restarted = await stripe.subscriptions.create(
        {
          customer,
          items: old.items.data.map(({ price, quantity }) => ({
            price: price.id,
            ...(quantity ? { quantity } : {}),
          })),
          discounts: [{ coupon }],
          ...(old.automatic_tax.enabled ? { automatic_tax: { enabled: true } } : {}),
          ...(method ? { default_payment_method: method } : {}),
          off_session: true,
          payment_behavior: 'error_if_incomplete',
          metadata: { ...old.metadata, paid_by: paidBy },
        },
        { idempotencyKey: `restart:${paidBy}` },
      )
      return parseSubscriptionId(restarted.id)
    } catch (error) {
      if (isRefusal(error)) return null
      throw error
    }
  })
}

async function livingOf(stripe: Stripe, customer: string) {
  const all = await stripe.subscriptions
    .list({ customer, status: 'all', limit: 100 })
    .autoPagingToArray({ limit: 1000 })
  return all.filter(({ status }) => !isTerminal(parseStatus(status)))
}

// A whole period was paid for, whatever it cost then: nothing more is asked for this one.
async function firstPeriodFree(stripe: Stripe, paidBy: InvoiceId): Promise<string> {
  const id = `late_${paidBy}`
  try {
    const name = 'Paid by an earlier invoice'
    await stripe.coupons.create({
      id,
      name,
      percent_off: 100,
      duration: 'once',
      max_redemptions: 1,
    })
  } catch (error) {
    // Made by a try that died afterwards.
    const exists = isRefusal(error) && error.code === 'resource_already_exists'
    if (!exists) throw error
  }
  return id
}

/** What the late money came from, if the customer has kept it: the old one had failed. */
async function methodOf(
  stripe: Stripe,
  customer: string,
  invoice: InvoiceId,
): Promise<string | null> {
  const { data } = await stripe.invoicePayments.list({ invoice, status: 'paid', limit: 1 })
  const intent = idOf(data[0]?.payment.payment_intent)
  if (!intent) return null
  const method = idOf((await stripe.paymentIntents.retrieve(intent)).payment_method)
  if (!method) return null
  const kept = await stripe.paymentMethods.retrieve(method)
  return idOf(kept.customer) === customer ? method : null
}

function isRefusal(error: unknown): error is Stripe.errors.StripeError {
  return (
    error instanceof Stripe.errors.StripeInvalidRequestError ||
    error instanceof Stripe.errors.StripeCardError
  )
}
