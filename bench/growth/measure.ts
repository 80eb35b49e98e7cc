import { rmSync } from 'node:fs'
import { rounded } from '@/bench/measure/quantile'
import { ENVIRONMENT } from '@/bench/scale/side'
import { migrateDatabase } from '@/scripts/stack/migrate'
import { dataPath, serverScript } from '@/scripts/stack/paths'
import { embedPostgres } from '@/scripts/stack/postgres'
import { run } from '@/scripts/stack/run'
import type { Stack } from '@/scripts/stack/stack'
import type { Year } from './year'

export type GrowthFigures = {
  customers: number
  months: number
  events: number
  /** Megabytes that a million events add, by table, the largest first. */
  mb_per_million: Record<string, { kept: number; after_90_days: number }>
}

const CUSTOMERS = 100
const MONTHS = 12
const MILLION = 1_000_000

/** How much each table, with its indexes, grows with a million events: at first, and after they were pruned. */
export async function measureGrowth(stack: Stack): Promise<GrowthFigures> {
  rmSync(dataPath('bench-growth'), { recursive: true, force: true })
  const dir = dataPath('bench-growth', 'postgres')
  const { url } = await stack.bring(() => embedPostgres({ dir, port: 0, durable: false }))
  await migrateDatabase(url)
  const command = serverScript('bench/growth/year.ts', `${CUSTOMERS}`, `${MONTHS}`)
  const { ok, output } = await run(command, { ...process.env, ...ENVIRONMENT, DATABASE_URL: url })
  if (!ok) throw new Error(`A year could not be lived:\n${output}`)
  const { events, before, kept, pruned }: Year = JSON.parse(output.split('\n').at(-1) ?? '{}')
  const added = (sizes: Record<string, number>, table: string) =>
    rounded((((sizes[table] ?? 0) - (before[table] ?? 0)) * MILLION) / events / 1024 ** 2)
  const rows = Object.keys(kept)
    .map(
      (table) =>
        [table, { kept: added(kept, table), after_90_days: added(pruned, table) }] as const,
    )
    // Of a size that is not a page's own.
    .filter(([, { kept: mb }]) => mb >= 1)
    .sort(([, a], [, b]) => b.kept - a.kept)
  return { customers: CUSTOMERS, months: MONTHS, events, mb_per_million: Object.fromEntries(rows) }
}
