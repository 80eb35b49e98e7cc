import type { Planned } from '@/sandbox/store/records'
import type { Tx } from '@/sandbox/store/transaction'

/** The plan to resume a paused subscription by itself. There is one for each at most. */
export function resumption(subscription: string, at: number): Omit<Planned, 'test_clock'> {
  return { id: idFor(subscription), at, what: { kind: 'resume', subscription } }
}

/** When a paused subscription resumes by itself; null when it does not. */
export function resumesAt(tx: Tx, subscription: string): number | null {
  return tx.find('planned', idFor(subscription))?.at ?? null
}

/** It has been resumed already; another pause has an end of its own. */
export function forgetResumption(tx: Tx, subscription: string) {
  if (resumesAt(tx, subscription) !== null) tx.remove('planned', idFor(subscription))
}

function idFor(subscription: string): string {
  return `resume:${subscription}`
}
