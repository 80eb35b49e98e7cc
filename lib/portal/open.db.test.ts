import { describe, expect, it } from 'vitest'
import { listAudit } from '@/db/queries/audit'
import { shopper } from '@/lib/checkout/shop.fixture'
import { shopForFile } from '@/lib/checkout/shop-for-file.fixture'
import { ensureCustomer } from '@/lib/customers/ensure'
import { Gone } from '@/lib/errors'
import { stripeClient } from '@/lib/stripe/client'
import { openPortal } from './open'

const shop = shopForFile()

describe('the portal', () => {
  it('opens for the user’s own customer, and that is on record', async () => {
    const { workspaceId, actor } = await shopper()
    const customerId = await ensureCustomer(actor, workspaceId)
    const { url } = await openPortal(actor)
    expect(url.startsWith(shop.url)).toBe(true)
    const [, opened] = await listAudit(customerId)
    expect(opened).toMatchObject({ action: 'portal.open', actor })
  })

  it('is each user’s own, even when others open theirs at the same time', async () => {
    const people = await Promise.all([1, 2, 3].map(() => shopper()))
    const opened = await Promise.all(
      people.map(async ({ workspaceId, actor }) => {
        const customer = await ensureCustomer(actor, workspaceId)
        return { customer, url: (await openPortal(actor)).url }
      }),
    )
    const sessions = [...shop.sandbox.store.all('billing_portal.session')]
    for (const { customer, url } of opened) {
      expect(sessions.find((session) => session.url === url)?.customer).toBe(customer)
    }
  })

  it('says to a user who never bought that there is no billing yet', async () => {
    const { actor } = await shopper()
    const refused = await openPortal(actor).catch((error: unknown) => error)
    expect(refused).not.toBeInstanceOf(Gone)
    expect(refused).toMatchObject({ code: 'not_found' })
  })

  // breakage: a customer is deleted at Stripe, and its user presses Manage at Stripe | the page says that the billing account was deleted, and leads to the plans
  it('says of a customer that was deleted at Stripe that it was, at the first press and at every later one', async () => {
    const { workspaceId, actor } = await shopper()
    const customerId = await ensureCustomer(actor, workspaceId)
    await stripeClient().customers.del(customerId)
    for (const _ of ['first', 'second']) {
      await expect(openPortal(actor)).rejects.toMatchObject({ reason: 'customer_deleted' })
    }
    const actions = (await listAudit(customerId)).map(({ action }) => action)
    expect(actions).toEqual(['customer.create', 'customer.delete', 'entitlement.change'])
  })

  it('opens again for a user who got another customer after that', async () => {
    const { workspaceId, actor } = await shopper()
    await stripeClient().customers.del(await ensureCustomer(actor, workspaceId))
    await expect(openPortal(actor)).rejects.toBeInstanceOf(Gone)
    await ensureCustomer(actor, workspaceId)
    expect(await openPortal(actor)).toMatchObject({ url: expect.stringContaining('http') })
  })
})
