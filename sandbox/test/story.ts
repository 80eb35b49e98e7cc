import { payCheckout } from '@/sandbox/lifecycle/checkout/pay'
import { addCatalog, card, openCheckout, startWorld } from './world'

/** A world with a catalog, and the moves of a subscriber's life in it. */
export async function startStory() {
  const world = await startWorld()
  const { stripe } = world
  const catalog = await addCatalog(stripe)
  return {
    ...world,
    catalog,
    /** Moves the sandbox's clock; everything due on the way happens. */
    async advance(seconds: number) {
      const body = JSON.stringify({ advance: seconds })
      const response = await fetch(`${world.url}/_sandbox/clock`, { method: 'POST', body })
      if (!response.ok) throw new Error(await response.text())
    },
    /** A new customer, subscribed to Pro by the month through Checkout. */
    async subscribe() {
      const { customer, session } = await openCheckout(stripe, catalog.proMonthly.id)
      await payCheckout(world.sandbox, session.id, card())
      const [subscription] = (await stripe.subscriptions.list({ customer: customer.id })).data
      const [item] = subscription?.items.data ?? []
      if (!subscription || !item) throw new Error('Checkout made no subscription.')
      const { current_period_start: start, current_period_end: end } = item
      return { customer, subscription, item: item.id, start, end }
    },
    /** Charges a subscription to another of the ready-made cards from now on. */
    async swapCard(customer: string, subscription: string, testMethod: string) {
      const method = await stripe.paymentMethods.attach(testMethod, { customer })
      await stripe.subscriptions.update(subscription, { default_payment_method: method.id })
    },
    lastEvent: async () => (await stripe.events.list({ limit: 1 })).data[0]?.id,
    /** The events after the one given, in the order in which they came to be. */
    async eventsSince(id: string | undefined) {
      const after = id ? { ending_before: id } : {}
      return (await stripe.events.list({ limit: 100, ...after })).data.reverse()
    },
  }
}
