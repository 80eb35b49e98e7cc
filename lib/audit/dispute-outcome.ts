/**
 * How a dispute ended, where a row of the trail says so. Any version of the application wrote it,
 * so nothing of it is taken on trust.
 */
export function disputeOutcome(after: Record<string, unknown> | null): 'won' | 'lost' | null {
  const { outcome } = after ?? {}
  return outcome === 'won' || outcome === 'lost' ? outcome : null
}
