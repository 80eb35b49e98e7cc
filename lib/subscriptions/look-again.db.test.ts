import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { db } from '@/db/client'
import { listAudit } from '@/db/queries/audit'
import { subscriptions } from '@/db/schema/billing'
import { readBilling } from '@/lib/billing/read'
import { shopper } from '@/lib/checkout/shop.fixture'
import { NotFound, Unavailable } from '@/lib/errors'
import { parseSubscriptionId } from '@/lib/ids'
import { historyForFile } from '@/lib/outbox/history-for-file.fixture'
import { subscriber } from '@/lib/reconcile/subscribers.fixture'
import { lookAgain } from './look-again'

const { shop, history } = historyForFile()

/** A customer with a paid plan, of which our records have a status that no one knows. */
async function unknown() {
  const me = await subscriber()
  await history.arrive()
  await db()
    .update(subscriptions)
    .set({ status: 'unknown' })
    .where(eq(subscriptions.id, parseSubscriptionId(me.subscriptionId)))
  expect(await readBilling(me.workspaceId)).toMatchObject({ status: 'unknown' })
  return me
}

it('a state that no one knows is what Stripe says once its customer has asked', async () => {
  const me = await unknown()
  const before = (await listAudit(me.customerId)).length
  await lookAgain(me.actor)
  expect(await readBilling(me.workspaceId)).toMatchObject({ status: 'active' })
  const [told] = (await listAudit(me.customerId)).slice(before)
  expect(told).toMatchObject({ actor: me.actor })
})

it('who never bought anything is told that there is nothing to look for', async () => {
  const { actor } = await shopper()
  await expect(lookAgain(actor)).rejects.toThrow(NotFound)
})

it('with Stripe away it says so, and nothing is made up', async () => {
  const me = await unknown()
  await shop.stop()
  await expect(lookAgain(me.actor)).rejects.toThrow(Unavailable)
  expect(await readBilling(me.workspaceId)).toMatchObject({ status: 'unknown' })
})
