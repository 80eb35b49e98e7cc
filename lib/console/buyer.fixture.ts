import { listAudit } from '@/db/queries/audit'
import { findHead } from '@/db/queries/console-customer'
import { BRAND } from '@/lib/brand'
import { priceForTier } from '@/lib/catalog/price-for-tier'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { ensureCustomer } from '@/lib/customers/ensure'
import type { SubscriptionId } from '@/lib/ids'
import { stripeClient } from '@/lib/stripe/client'
import { productionPorts } from '@/lib/sync/production-ports'
import { syncCustomer } from '@/lib/sync/sync-customer'
import { someone } from '@/lib/workspaces/someone.fixture'

export const reason = 'They wrote to us'

/** Someone who has bought at the sandbox, and what became of them there. */
export async function buyer() {
  const { userId, workspaceId, actor } = await someone()
  const customerId = await ensureCustomer(actor, workspaceId)
  const { id: card } = await stripeClient().paymentMethods.attach('pm_card_visa', {
    customer: customerId,
  })
  const subscribe = async (interval: 'month' | 'year' = 'month') => {
    const { id } = await stripeClient().subscriptions.create({
      customer: customerId,
      items: [{ price: await priceForTier(SMALL, interval) }],
      default_payment_method: card,
      metadata: { app: BRAND.stripe.app, env: 'test' },
    })
    await syncCustomer(productionPorts(), customerId, actor)
    // Safe: so Stripe writes them.
    return id as SubscriptionId
  }
  const id = await subscribe()
  return {
    ...{ userId, workspaceId, customerId, id, subscribe },
    about: async () => ({ workspaceId, seen: await findHead(customerId), reason }),
    acts: async () => (await listAudit(customerId)).map(({ action }) => action),
    refunds: async () =>
      (await stripeClient().charges.list({ customer: customerId })).data.map(
        ({ amount_refunded }) => amount_refunded,
      ),
    // `card`: the one that is to pay for it.
    upgrade: async (card = 'pm_card_visa') => {
      const { subscriptions, paymentMethods } = stripeClient()
      const { items } = await subscriptions.retrieve(id)
      const { id: method } = await paymentMethods.attach(card, { customer: customerId })
      await subscriptions.update(id, {
        items: [{ id: items.data[0]?.id ?? '', price: await priceForTier(GREAT, 'month') }],
        default_payment_method: method,
        proration_behavior: 'always_invoice',
      })
      await syncCustomer(productionPorts(), customerId, actor)
    },
    charge: async () => {
      const [charge] = (await stripeClient().charges.list({ customer: customerId })).data
      if (!charge) throw new Error('Nothing was paid.')
      return charge.id
    },
    statusOf: async (which: string) => (await stripeClient().subscriptions.retrieve(which)).status,
  }
}
