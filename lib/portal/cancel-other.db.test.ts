import { expect, it } from 'vitest'
import { listAudit } from '@/db/queries/audit'
import { findCustomerId } from '@/db/queries/customers'
import { readBilling } from '@/lib/billing/read'
import { PLANS } from '@/lib/catalog/plans'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { CARD, shopper } from '@/lib/checkout/shop.fixture'
import { shopForFile } from '@/lib/checkout/shop-for-file.fixture'
import { startCheckout } from '@/lib/checkout/start'
import { NotFound } from '@/lib/errors'
import { parseCustomerId } from '@/lib/ids'
import { stripeClient } from '@/lib/stripe/client'
import { findPricesByLookupKeys } from '@/lib/stripe/prices'
import { productionPorts } from '@/lib/sync/production-ports'
import { syncCustomer } from '@/lib/sync/sync-customer'
import { payCheckout } from '@/sandbox/lifecycle/checkout/pay'
import { openCancelOther } from './cancel-other'

const shop = shopForFile()

it('a customer with two subscriptions is led to the end of the one that does not count', async () => {
  const me = await shopper()
  const { customer, pro } = await buyTwo(me)
  const billing = await readBilling(me.workspaceId)
  expect(billing).toMatchObject({ plan: GREAT, others: [{ id: pro, plan: SMALL }] })

  const { url } = await openCancelOther(me.actor)
  const page = await fetch(url)
  expect(page.url).toContain('cancel')
  expect(await page.text()).toContain('Cancel subscription')
  expect((await listAudit(customer)).at(-1)).toMatchObject({
    action: 'portal.open',
    actor: me.actor,
    after: { flow: { type: 'subscription_cancel', subscription: pro } },
  })
})

it('a customer with one by now finds the portal’s first page, and a user who never bought finds none', async () => {
  const me = await shopper()
  const { customer, pro } = await buyTwo(me)
  await stripeClient().subscriptions.cancel(pro)
  await syncCustomer(productionPorts(), customer, me.actor)
  expect((await fetch((await openCancelOther(me.actor)).url)).url).not.toContain('cancel')
  await expect(openCancelOther((await shopper()).actor)).rejects.toThrow(NotFound)
})

/** Pro through checkout, and Studio by support, from the dashboard. */
async function buyTwo(me: Awaited<ReturnType<typeof shopper>>) {
  await startCheckout(me.actor, { tier: SMALL, interval: 'month' })
  const customer = parseCustomerId(await findCustomerId(me.workspaceId))
  const open = await stripeClient().checkout.sessions.list({ customer, status: 'open' })
  await payCheckout(shop.sandbox, String(open.data[0]?.id), CARD)
  const [bought] = (await stripeClient().subscriptions.list({ customer })).data
  const [price] = await findPricesByLookupKeys([PLANS[GREAT].lookupKeys.month])
  await stripeClient().subscriptions.create({
    customer,
    items: [{ price: String(price?.id) }],
    default_payment_method: String(bought?.default_payment_method),
  })
  await syncCustomer(productionPorts(), customer, me.actor)
  return { customer, pro: String(bought?.id) }
}
