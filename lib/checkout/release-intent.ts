import { inTransaction } from '@/db/client'
import { type CheckoutIntent, closeIntent } from '@/db/queries/checkout-intents'
import type { Actor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import type { CustomerId } from '@/lib/ids'
import { countRead } from '@/lib/redis/person-reads'
import { expireCheckoutSession, listOpenCheckoutSessions } from '@/lib/stripe/checkout-sessions'

/**
 * Makes room for another choice: the old session is expired at Stripe first, so that it cannot be paid
 * any more. `paid` means that a payment was faster.
 */
export async function releaseIntent(
  actor: Actor,
  customerId: CustomerId,
  intent: CheckoutIntent,
): Promise<'released' | 'paid'> {
  const paid = (await expireSessions(customerId, intent)).includes('complete')
  const state = paid ? 'completed' : 'replaced'
  await inTransaction(async (tx) => {
    const closed = await closeIntent(tx, intent.id, state)
    const after = { intent: intent.id, state }
    if (closed) await recordAudit(tx, actor, { scope: customerId, action: 'checkout.close', after })
  })
  return paid ? 'paid' : 'released'
}

async function expireSessions(customerId: CustomerId, intent: CheckoutIntent) {
  if (intent.sessionId) return [await expireCheckoutSession(intent.sessionId)]
  // The process that made the intent died before noting its session: Stripe still knows which are open. Another
  // intent may have one by now, which is not this one's to close.
  countRead()
  const open = await listOpenCheckoutSessions(customerId)
  const own = open.filter(({ intentId }) => intentId === intent.id)
  return Promise.all(own.map(({ id }) => expireCheckoutSession(id)))
}
