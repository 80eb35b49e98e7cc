import { chargeTo, type historyOf } from '@/lib/outbox/history.fixture'
import { type Subscriber, subscriber } from '@/lib/reconcile/subscribers.fixture'
import { stripeClient } from '@/lib/stripe/client'

/** A renewal that fails until Stripe gives up, and is paid with another card before we could close it. */
export async function paidTooLate(history: ReturnType<typeof historyOf>) {
  const me = await subscriber()
  await history.arrive()
  await chargeTo(me, 'pm_card_chargeCustomerFail')
  // At once: what is written after each attempt is `ended.db.test.ts`'s.
  await history.later(31 + 4 + 6 + 8, 2, { collects: false })
  const [open] = await invoicesOf(me)
  const card = await stripeClient().paymentMethods.attach('pm_card_visa', {
    customer: me.customerId,
  })
  await stripeClient().invoices.pay(String(open?.id), { payment_method: card.id })
  return { me, invoice: String(open?.id), card: card.id }
}

/** Newest first. */
export async function invoicesOf({ customerId }: Subscriber) {
  return (await stripeClient().invoices.list({ customer: customerId })).data
}

export async function livingOf({ customerId }: Subscriber) {
  return (await stripeClient().subscriptions.list({ customer: customerId })).data
}

export async function refundsOf({ customerId }: Subscriber) {
  const { data } = await stripeClient().charges.list({ customer: customerId })
  const lists = await Promise.all(data.map(({ id }) => stripeClient().refunds.list({ charge: id })))
  return lists.flatMap((list) => list.data)
}
