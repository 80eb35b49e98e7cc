import { inTransaction } from '@/db/client'
import { findCustomerId } from '@/db/queries/customers'
import type { Actor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import { whyGone } from '@/lib/customers/why-gone'
import { env } from '@/lib/env'
import { NotFound } from '@/lib/errors'
import type { WorkspaceId } from '@/lib/ids'
import { countRead } from '@/lib/redis/person-reads'
import { findPortalConfiguration } from '@/lib/stripe/portal-configurations'
import { createPortalSession, type PortalFlow } from '@/lib/stripe/portal-sessions'
import { productionPorts } from '@/lib/sync/production-ports'
import { syncCustomer } from '@/lib/sync/sync-customer'
import { authorizeBilling } from '@/lib/workspaces/authorize'

/**
 * Opens Stripe's billing portal for the customer of the workspace that the actor acts for: at the page of
 * one thing, or at its first. `doneUrl`: an address of ours for a user who has done it.
 * @returns an address that lives for minutes: redirect to it, never store it
 * @throws {NotFound} the workspace has never bought anything, so there is nothing to manage
 * @throws {Gone} what there was to manage was deleted at Stripe, or Stripe does not have it
 */
export async function openPortal(
  actor: Actor,
  { flow, doneUrl }: { flow?: PortalFlow; doneUrl?: string } = {},
): Promise<{ url: string }> {
  const workspaceId = await authorizeBilling(actor)
  const customerId = await findCustomerId(workspaceId)
  if (!customerId) throw (await whyGone(workspaceId)) ?? new NotFound('no_billing')
  countRead()
  const configurationId = await findPortalConfiguration()
  const { url } = await createFor(actor, workspaceId, {
    customerId,
    // Only a hint that something may have changed: the page reads Stripe again.
    returnUrl: `${env().appUrl}/settings/billing?return=portal`,
    ...(configurationId ? { configurationId } : {}),
    ...(flow ? { flow } : {}),
    ...(doneUrl ? { doneUrl } : {}),
  })
  const after = flow ? { after: { flow } } : {}
  await inTransaction((tx) =>
    recordAudit(tx, actor, { scope: customerId, action: 'portal.open', ...after }),
  )
  return { url }
}

async function createFor(
  actor: Actor,
  workspaceId: WorkspaceId,
  session: Parameters<typeof createPortalSession>[0],
) {
  try {
    return await createPortalSession(session)
  } catch (error) {
    if (!(error instanceof NotFound)) throw error
    // Stripe does not have this customer: our records must say why, and so must the page.
    await syncCustomer(productionPorts(), session.customerId, actor, { customer: true })
    throw (await whyGone(workspaceId)) ?? error
  }
}
