import { readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import { rowsOf } from '@/db/rows-of'

/**
 * Milliseconds of CPU that the server processes of our connections have used so far, to the microsecond: what a
 * machine that others use as well adds to a time, it does not add to this. Null where the system does not say.
 */
export async function openServerCpu(): Promise<(() => number) | null> {
  const backends = await rowsOf<{ pid: number }>(sql`select pid from pg_stat_activity
    where datname = current_database() and backend_type = 'client backend'`)
  const sum = () => backends.reduce((all, { pid }) => all + onCpu(pid), 0)
  return Number.isNaN(sum()) ? null : sum
}

// Linux counts in nanoseconds there (sched-stats(5)). One that has ended meanwhile counts no more.
function onCpu(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6
  } catch {
    return process.platform === 'linux' ? 0 : Number.NaN
  }
}
