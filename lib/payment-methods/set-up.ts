import { inTransaction } from '@/db/client'
import type { Actor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import { createSetupIntent } from '@/lib/stripe/setup-intents'
import { authorizeBilling } from '@/lib/workspaces/authorize'
import { requireOwnCustomer } from './own-customer'

/**
 * Lets the actor leave a card or an account for their workspace on a page of ours: Stripe.js takes it to
 * Stripe under this client secret. Nothing is charged, and nothing changes, until it is put to use.
 * @throws {NotFound} the workspace has never bought anything, so there is nothing to charge
 */
export async function setUpPaymentMethod(actor: Actor): Promise<{ clientSecret: string }> {
  const workspaceId = await authorizeBilling(actor)
  const customerId = await requireOwnCustomer(actor)
  const { id, clientSecret } = await createSetupIntent(customerId, workspaceId)
  const after = { setupIntent: id }
  await inTransaction((tx) =>
    recordAudit(tx, actor, { scope: customerId, action: 'payment_method.set_up', after }),
  )
  return { clientSecret }
}
