import { inTransaction } from '@/db/client'
import type { Actor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import { ADDRESS_PARTS, type BillingDetails } from '@/lib/billing-address'
import { Gone } from '@/lib/errors'
import { countRead } from '@/lib/redis/person-reads'
import { retrieveBillingDetails, writeBillingDetails } from '@/lib/stripe/billing-details'
import { authorizeBilling } from '@/lib/workspaces/authorize'
import { requireOwnCustomer } from './require-own-customer'

/**
 * Has Stripe write other details on the invoices of the workspace that the actor acts for. With which address the
 * actor signs in stays as it is. The trail says which details were asked to be changed, and never what they are.
 * @returns false when nothing is different
 * @throws {Invalid} Stripe does not take something of it
 * @throws {NotFound} there is no billing account
 */
export async function changeBillingDetails(actor: Actor, wanted: BillingDetails): Promise<boolean> {
  await authorizeBilling(actor)
  const customerId = await requireOwnCustomer(actor)
  countRead()
  const before = await retrieveBillingDetails(customerId)
  if (!before) throw new Gone('customer_deleted')
  const fields = differing(before, wanted)
  if (fields.length === 0) return false
  // On record before Stripe is asked: whatever becomes of us, it is known who asked for what.
  await inTransaction((tx) =>
    recordAudit(tx, actor, {
      scope: customerId,
      action: 'customer.request_details',
      after: { fields },
    }),
  )
  await writeBillingDetails(customerId, wanted)
  return true
}

function differing(before: BillingDetails, after: BillingDetails): string[] {
  const fields = (['name', 'email'] as const).filter((field) => before[field] !== after[field])
  const moved = ADDRESS_PARTS.some((part) => before.address[part] !== after.address[part])
  return moved ? [...fields, 'address'] : fields
}
