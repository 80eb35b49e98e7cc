import { inTransaction } from '@/db/client'
import {
  findCustomer,
  hasLivingSubscription,
  markCustomer,
  retireRow,
} from '@/db/queries/customers'
import type { Actor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import { Conflict, Gone, NotFound } from '@/lib/errors'
import type { CustomerId } from '@/lib/ids'

/**
 * Gives up a customer that Stripe does not have, so that its workspace can get another. What our records
 * take for a living subscription of it ends with that at the next look, which only an operator may
 * want (`endsPlans`): with the right key Stripe might show it again.
 * @throws {NotFound} our records have no such customer
 * @throws {Conflict} Stripe has it: it is to be deleted there
 * @throws {Gone} it has a living subscription
 */
export async function retireCustomer(
  actor: Actor,
  id: CustomerId,
  { reason, endsPlans }: { reason: string; endsPlans: boolean },
): Promise<void> {
  const customer = await findCustomer(id)
  if (!customer) throw new NotFound({ internal: `There is no ${id} in our records.` })
  if (customer.deletedAt) return
  if (!customer.missingAt)
    throw new Conflict({ internal: `Stripe has ${id}. Delete it there; that is enough.` })
  if (!endsPlans && (await hasLivingSubscription(id))) {
    throw new Gone('customer_missing')
  }
  await inTransaction(async (tx) => {
    await markCustomer(tx, id)
    const retired = await retireRow(tx, id)
    const after = { customer: id, reason }
    if (retired) await recordAudit(tx, actor, { scope: id, action: 'customer.retire', after })
  })
}
