import { inTransaction } from '@/db/client'
import type { Actor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import { Conflict, NotFound } from '@/lib/errors'
import { countRead } from '@/lib/redis/person-reads'
import { createTaxId, deleteTaxId, listTaxIds } from '@/lib/stripe/billing-details'
import { authorizeBilling } from '@/lib/workspaces/authorize'
import { requireOwnCustomer } from './require-own-customer'

/** `cause`: names the form that was pressed, so that two presses of it add once. */
export type NewTaxId = { type: string; value: string; cause: string }

// As many as Stripe puts on an invoice.
const MOST = 5

/**
 * Puts a tax id on the invoices of the workspace that the actor acts for. One that is there stays as it is. The
 * trail has its type, and never the number.
 * @throws {Invalid} Stripe does not take it
 * @throws {Conflict} there are five already
 * @throws {NotFound} there is no billing account
 */
export async function addTaxId(actor: Actor, { type, value, cause }: NewTaxId): Promise<void> {
  await authorizeBilling(actor)
  const customerId = await requireOwnCustomer(actor)
  countRead()
  const there = await listTaxIds(customerId)
  if (there.some((each) => each.type === type && bare(each.value) === bare(value))) return
  if (there.length >= MOST) throw new Conflict('too_many_tax_ids')
  const asked = { scope: customerId, action: 'customer.request_tax_id', after: { type } } as const
  await inTransaction((tx) => recordAudit(tx, actor, asked))
  await createTaxId(customerId, { type, value }, cause)
}

/**
 * Takes one off again. What is not there, or is another customer's, is nothing to do.
 * @throws {NotFound} there is no billing account
 */
export async function removeTaxId(actor: Actor, id: string): Promise<void> {
  await authorizeBilling(actor)
  const customerId = await requireOwnCustomer(actor)
  countRead()
  const found = (await listTaxIds(customerId)).find((each) => each.id === id)
  if (!found) return
  await inTransaction((tx) =>
    recordAudit(tx, actor, {
      scope: customerId,
      action: 'customer.request_tax_id_removal',
      after: { type: found.type },
    }),
  )
  try {
    await deleteTaxId(customerId, id)
  } catch (error) {
    // Another tab was faster.
    if (!(error instanceof NotFound)) throw error
  }
}

// Stripe may write it without the spaces and points that people write.
function bare(value: string): string {
  return value.replace(/[\s.-]/g, '').toUpperCase()
}
