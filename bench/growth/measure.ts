import { rmSync } from 'node:fs'
import { ENVIRONMENT } from '@/bench/scale/side'
import { migrateDatabase } from '@/scripts/stack/migrate'
import { dataPath, serverScript } from '@/scripts/stack/paths'
import { embedPostgres } from '@/scripts/stack/postgres'
import { run } from '@/scripts/stack/run'
import type { Stack } from '@/scripts/stack/stack'
import { type Growth, perMillion } from './per-million'
import type { Year } from './year'

export type GrowthFigures = {
  customers: number
  months: number
  events: number
  mb_per_million: Growth
}

const CUSTOMERS = 100
const MONTHS = 12

/** How much each table, with its indexes, grows with a million events: at first, and after they were pruned. */
export async function measureGrowth(stack: Stack): Promise<GrowthFigures> {
  rmSync(dataPath('bench-growth'), { recursive: true, force: true })
  const dir = dataPath('bench-growth', 'postgres')
  const { url } = await stack.bring(() => embedPostgres({ dir, port: 0, durable: false }))
  await migrateDatabase(url)
  const command = serverScript('bench/growth/year.ts', `${CUSTOMERS}`, `${MONTHS}`)
  const { ok, output } = await run(command, { ...process.env, ...ENVIRONMENT, DATABASE_URL: url })
  if (!ok) throw new Error(`A year could not be lived:\n${output}`)
  const year: Year = JSON.parse(output.split('\n').at(-1) ?? '{}')
  const { events } = year
  return { customers: CUSTOMERS, months: MONTHS, events, mb_per_million: perMillion(year) }
}
