import type { Transaction } from '@/db/client'
import { insertEntry } from '@/db/queries/outbox'
import type { Person } from '@/db/queries/people'
import type { CustomerId, WorkspaceId } from '@/lib/ids'

/** `outbox.kind` of a change that is still to be sent to Stripe. */
export const TO_STRIPE = 'details.to_stripe'

/**
 * Has Stripe's customer follow the user who pays for its workspace. What is sent is read when it goes
 * out, so that the outbox holds no address, and the last of several changes wins however late the others are.
 * @param cause names the change: one cause is sent once
 */
export async function enqueueDetails(
  tx: Transaction,
  {
    customerId,
    workspaceId,
    cause,
  }: { customerId: CustomerId; workspaceId: WorkspaceId; cause: string },
): Promise<void> {
  await insertEntry(tx, {
    entryKey: `${TO_STRIPE}:${customerId}:${cause}`,
    kind: TO_STRIPE,
    targetKey: customerId,
    payload: { customerId, workspaceId },
  })
}

/** The details in which two differ. */
export function changedDetails(before: Person, after: Partial<Person>): (keyof Person)[] {
  const fields = ['email', 'name'] as const
  return fields.filter((field) => after[field] !== undefined && after[field] !== before[field])
}
