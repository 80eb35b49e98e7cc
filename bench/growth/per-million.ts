import { rounded } from '@/bench/measure/quantile'
import type { Year } from './year'

/** Megabytes that a million events add, by table, the largest first. */
export type Growth = Record<string, { kept: number; after_90_days: number }>

const MILLION = 1_000_000

/** What the events of a year would have added, had they been a million: at first, and after they were pruned. */
export function perMillion({ events, before, kept, pruned }: Year): Growth {
  const added = (sizes: Record<string, number>, table: string) =>
    rounded((((sizes[table] ?? 0) - (before[table] ?? 0)) * MILLION) / events / 1024 ** 2)
  const rows = Object.keys(kept).map(
    (table) => [table, { kept: added(kept, table), after_90_days: added(pruned, table) }] as const,
  )
  // Of a size that is not a page's own.
  const large = rows.filter(([, { kept: mb }]) => mb >= 1)
  return Object.fromEntries(large.sort(([, a], [, b]) => b.kept - a.kept))
}
