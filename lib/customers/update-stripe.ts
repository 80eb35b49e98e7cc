import { z } from 'zod'
import { inTransaction } from '@/db/client'
import { findCustomerId } from '@/db/queries/customers'
import { markDelivered, markEntryFailed, type OutboxRow } from '@/db/queries/outbox'
import { findPayer, lockPayer, type Person } from '@/db/queries/people'
import { systemActor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import type { AuditAction } from '@/lib/audit-action'
import { NotFound, Unavailable } from '@/lib/errors'
import { type CustomerId, isCustomerId, isWorkspaceId, type WorkspaceId } from '@/lib/ids'
import { failureText, log } from '@/lib/log'
import { updateDetails } from '@/lib/stripe/customers'
import { changedDetails } from './details'

// Stripe refuses an address for good, or our key may not write: a person has to look.
const GIVEN_UP_AFTER = 8

/**
 * Sends Stripe the current address and name of the user who pays for a workspace. That is done when they
 * are still the same afterwards: a slow request must not leave an older address behind a newer one.
 * @returns whether the change is dealt with
 */
export async function updateStripe(entry: OutboxRow): Promise<boolean> {
  const { customerId, workspaceId } = Payload.parse(entry.payload)
  const person = await findPayer(workspaceId)
  // The workspace is gone, or has another customer, which got everything when it was made.
  if (!person || (await findCustomerId(workspaceId)) !== customerId) return close(entry, null)
  try {
    await updateDetails(customerId, person)
  } catch (error) {
    // Deleted, or not there: looking at the customer says so, and there is no customer to update.
    return error instanceof NotFound ? close(entry, null) : refused(entry, person, error)
  }
  return close(entry, 'customer.follow_user', person)
}

const Payload = z.object({
  customerId: z.custom<CustomerId>(isCustomerId),
  workspaceId: z.custom<WorkspaceId>(isWorkspaceId),
})

async function refused(entry: OutboxRow, person: Person, error: unknown): Promise<boolean> {
  const { key: name, attempts } = entry
  // Stripe quotes what it does not like.
  const words = [person.email, person.name ?? ''].filter(Boolean)
  const reason = words.reduce((text, word) => text.replaceAll(word, '…'), failureText(error))
  await markEntryFailed(name, reason)
  const final = attempts >= GIVEN_UP_AFTER && !(error instanceof Unavailable)
  log.error({ entry: name, reason, final }, 'a change of details was not sent to Stripe')
  return final ? close(entry, 'customer.refuse_details') : false
}

async function close(
  { key, payload }: OutboxRow,
  action: AuditAction | null,
  sent: Person | null = null,
): Promise<boolean> {
  const { customerId, workspaceId } = Payload.parse(payload)
  return inTransaction(async (tx) => {
    const now = sent && (await lockPayer(tx, workspaceId))
    if (now && changedDetails(now, sent).length > 0) return false
    await markDelivered(tx, key)
    const entry = { scope: customerId, after: { workspaceId } }
    if (action) await recordAudit(tx, systemActor('outbox'), { ...entry, action })
    return true
  })
}
