import { inTransaction } from '@/db/client'
import type { AuditEntry } from '@/db/queries/audit'
import { markTarget } from '@/db/queries/targets'
import type { Actor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import { Unavailable } from '@/lib/errors'
import type { CustomerId } from '@/lib/ids'
import { failureText, log } from '@/lib/log'
import { productionPorts } from '@/lib/sync/production-ports'
import { syncCustomer } from '@/lib/sync/sync-customer'

type Intent = Pick<AuditEntry, 'action' | 'after'>

/**
 * Does at Stripe what a user asked for. First the request is on record with its actor, and the customer is
 * marked, so that even after a crash Stripe is read again; then Stripe is asked; then our records
 * follow it, whether it was done or refused. Nothing of Stripe's answer is written here.
 * @throws {Unavailable} Stripe did not say whether it was done
 */
export async function carryOut<T>(
  actor: Actor,
  customerId: CustomerId,
  intent: Intent,
  call: () => Promise<T>,
): Promise<T> {
  await inTransaction(async (tx) => {
    await markTarget(tx, customerId)
    await recordAudit(tx, actor, { scope: customerId, ...intent })
  })
  try {
    return await call()
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error
    throw new Unavailable('outcome_unknown', { cause: error })
  } finally {
    await follow(actor, customerId)
  }
}

// Marked as it is, the drain or the webhook does the same a little later.
async function follow(actor: Actor, customerId: CustomerId): Promise<void> {
  try {
    await syncCustomer(productionPorts(), customerId, actor)
  } catch (error) {
    log.warn(
      { target: customerId, error: failureText(error) },
      'done at Stripe, and not in the records yet',
    )
  }
}
