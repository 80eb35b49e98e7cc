import type { Claim } from '@/db/queries/claim'
import type { Change } from '@/db/queries/ledger'
import type { MirrorRow } from './mirror'

/** `outbox.kind` of a trial to be entered into the ledger. */
export const TRIAL = 'trial'

/** The trials that a read has shown for the first time. One key a subscription: its first trial counts. */
export function trialTasksOf(
  rows: readonly MirrorRow[],
  previous: ReadonlyMap<string, Claim['subscriptions'][number]>,
): Change['outbox'] {
  return rows
    .filter(({ id, trialEnd }) => trialEnd !== null && !previous.get(id)?.trialEnd)
    .map(({ id, customerId }) => ({
      key: `trial:${id}`,
      kind: TRIAL,
      payload: { customerId, subscriptionId: id },
    }))
}
