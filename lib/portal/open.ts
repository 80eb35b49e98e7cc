import { inTransaction } from '@/db/client'
import { findCustomerId } from '@/db/queries/customers'
import { type Actor, userIdOf } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import { env } from '@/lib/env'
import { NotFound } from '@/lib/errors'
import { findPortalConfiguration } from '@/lib/stripe/portal-configurations'
import { createPortalSession } from '@/lib/stripe/portal-sessions'
import { productionPorts } from '@/lib/sync/production-ports'
import { syncCustomer } from '@/lib/sync/sync-customer'

/**
 * Opens Stripe's billing portal for the signed-in user's own customer.
 * @returns an address that lives for minutes: redirect to it, never store it
 * @throws {NotFound} the user has never bought anything, so there is nothing to manage
 */
export async function openPortal(actor: Actor): Promise<{ url: string }> {
  const customerId = await findCustomerId(userIdOf(actor))
  if (!customerId) throw new NotFound('There is no billing to manage yet. Choose a plan first.')
  const configurationId = await findPortalConfiguration()
  const { url } = await createFor(actor, {
    customerId,
    // Only a hint that something may have changed: the page reads Stripe again.
    returnUrl: `${env().appUrl}/settings/billing?return=portal`,
    ...(configurationId ? { configurationId } : {}),
  })
  await inTransaction((tx) => recordAudit(tx, actor, { scope: customerId, action: 'portal.open' }))
  return { url }
}

async function createFor(actor: Actor, session: Parameters<typeof createPortalSession>[0]) {
  try {
    return await createPortalSession(session)
  } catch (error) {
    // Stripe does not have this customer: when it was deleted there, the books must say so.
    if (error instanceof NotFound) {
      await syncCustomer(productionPorts(), session.customerId, actor, { customer: true })
    }
    throw error
  }
}
