import postgres from 'postgres'
import { median, rounded } from '@/bench/measure/quantile'
import type { Stack } from '@/scripts/stack/stack'
import { scannedBetween, settledScans } from '@/tests/console/scans'
import { levelBacklog } from './backlog'
import { bringCluster } from './cluster'
import { BOUNDS, OPERATIONS, type OperationName } from './operations'
import { ACTIVE } from './person'
import { seeded } from './seed'
import { type Side, startSide } from './side'
import { sizeOf } from './size'
import type { Taken } from './time-turns'

export type ScaleFigures = {
  small: { workspaces: number; inbox_rows: number }
  large: { workspaces: number; inbox_rows: number }
  operations: Record<OperationName, OperationFigures>
}

type OperationFigures = {
  path: 'hot' | 'job'
  p50_small_ms: number
  p50_large_ms: number
  ratio: number
  /** Of what Postgres's own processes worked for it; null where the system does not say. */
  cpu_ratio: number | null
  bound: number
  /** Judged by `cpu_ratio`, and by `ratio` where there is none. */
  holds: boolean
  /** Tables that grow and were read from end to end in the larger database, as Postgres counts it. */
  scanned: string[]
}

// In a small crowd a scan of it is what an index by ranges of pages comes to.
const ALSO = ['usage_events']

// The smaller has so many times fewer.
const APART = 100

// The two sizes take turns block by block, each of a few turns, so that what the machine does meanwhile falls on both.
const BLOCKS = {
  hot: { turns: 5, perRound: 16 },
  job: { turns: 2, perRound: 4 },
}

/** The same work in a database of so many workspaces, and in one a hundredth of that size. */
export async function measureScale(
  stack: Stack,
  { rounds, workspaces }: { rounds: number; workspaces: number },
): Promise<ScaleFigures> {
  const sizes = { small: sizeOf(Math.round(workspaces / APART)), large: sizeOf(workspaces) }
  const server = await bringCluster(stack)
  const sides: Side[] = []
  try {
    for (const size of [sizes.small, sizes.large]) {
      const side = startSide(await seeded(server, size), size.workspaces)
      sides.push(side)
      await side.ask({ what: 'prune' })
      await level(side.url)
    }
    const [small, large] = sides
    if (!small || !large) throw new Error('A size is missing.')
    const operations = Object.fromEntries(
      await inTurn(names(), async (name) => {
        const scanned = await scannedBy(large, name)
        return [name, { ...figuresOf(name, await timed(name, small, large, rounds)), scanned }]
      }),
    ) as ScaleFigures['operations']
    const shown = ({ workspaces, events }: typeof sizes.small) => ({
      workspaces,
      inbox_rows: events,
    })
    return { small: shown(sizes.small), large: shown(sizes.large), operations }
  } finally {
    for (const side of sides) side.stop()
  }
}

// Safe: the keys of OPERATIONS are its names.
const names = () => Object.keys(OPERATIONS) as OperationName[]

async function level(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  await levelBacklog(sql)
  await sql.end({ timeout: 5 })
}

/** By block. */
type Times = { small: Taken[][]; large: Taken[][] }

async function timed(
  name: OperationName,
  small: Side,
  large: Side,
  rounds: number,
): Promise<Times> {
  const times: Times = { small: [], large: [] }
  const { turns, perRound } = BLOCKS[OPERATIONS[name].path]
  const ask = (side: Side, from: number, turns: number) =>
    side.ask({ what: 'time', apart: false, name, from, turns })
  // Everyone whose turn comes once first: what is compared is size, and not what a memory has seen already.
  const unmeasured = Math.min(ACTIVE, rounds * perRound * turns)
  for (const side of [small, large]) await ask(side, 0, unmeasured)
  for (let n = 0; n < rounds * perRound; n += 1) {
    const order = n % 2 === 0 ? (['small', 'large'] as const) : (['large', 'small'] as const)
    for (const key of order) times[key].push(await ask({ small, large }[key], n * turns, turns))
  }
  return times
}

function figuresOf(
  name: OperationName,
  { small, large }: Times,
): Omit<OperationFigures, 'scanned'> {
  const { path } = OPERATIONS[name]
  const [ratio, bound] = [ratioOf(large, small, ({ ms }) => ms), BOUNDS[path]]
  const cpuRatio = ratioOf(large, small, ({ cpu }) => cpu ?? Number.NaN)
  const p50 = (blocks: Taken[][]) => rounded(median(blocks.flat().map(({ ms }) => ms)))
  return {
    ...{ path, p50_small_ms: p50(small), p50_large_ms: p50(large), ratio, bound },
    cpu_ratio: Number.isNaN(cpuRatio) ? null : cpuRatio,
    // Postgres's own work is the same figure on a busy machine; a time is not.
    holds: (Number.isNaN(cpuRatio) ? ratio : cpuRatio) <= bound,
  }
}

// Of neighbors in time: a machine that others use is never the same for long.
function ratioOf(large: Taken[][], small: Taken[][], of: (taken: Taken) => number): number {
  const ratios = large.map((block, n) => median(block.map(of)) / median((small[n] ?? []).map(of)))
  return rounded(median(ratios))
}

/** What one turn of it reads from end to end in the larger database. */
async function scannedBy(side: Side, name: OperationName): Promise<string[]> {
  const sql = postgres(side.url, { max: 1, onnotice: () => {} })
  try {
    const ask = () => side.ask({ what: 'time', apart: true, name, from: 0, turns: 1 })
    await ask()
    const before = await settledScans(sql, ALSO)
    await ask()
    return scannedBetween(before, await settledScans(sql, ALSO))
  } finally {
    await sql.end({ timeout: 5 })
  }
}

async function inTurn<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const done: R[] = []
  for (const one of all) done.push(await work(one))
  return done
}
