import type { NewEntry } from '@/db/queries/outbox'
import type { CustomerId, WorkspaceId } from '@/lib/ids'

/** `outbox.kind` of a customer whose open pages to pay on are to be closed at Stripe. */
export const CLOSE_PAGES = 'close_pages'

/**
 * What is to be closed because an operator withholds the plan: once for each customer and decision,
 * which `fence` names.
 */
export function closingsOf(
  workspaceId: WorkspaceId,
  customerIds: readonly CustomerId[],
  fence: number,
): NewEntry[] {
  return customerIds.map((customerId) => ({
    entryKey: `${CLOSE_PAGES}:${customerId}:${fence}`,
    kind: CLOSE_PAGES,
    targetKey: customerId,
    payload: { workspaceId, customerId },
  }))
}
