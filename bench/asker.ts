import { sql } from 'drizzle-orm'
import { disconnect } from '@/db/client'
import { rowsOf } from '@/db/rows-of'
import { PAID_PLANS } from '@/lib/catalog/plans'
import { can } from '@/lib/entitlements/can'
import { inOneRequest } from '@/lib/entitlements/memo'
import type { WorkspaceId } from '@/lib/ids'
import { log } from '@/lib/log'

export type Asked = { floor_ms: number[]; cold_ms: number[]; warm_ms: number[] }

const FEATURE = PAID_PLANS[0]?.features[0]
if (!FEATURE) throw new Error('The smallest plan has no feature to ask for.')

// Its output is the figures alone.
log.level = 'silent'

// A process of ours that asks for one workspace: `select 1`, a first question and a second in the same request,
// one after the other and in turns, so that what the machine does meanwhile falls on all of them.
const [workspaceId, turns, questions, unmeasured] = process.argv.slice(2)
const asked: Asked = { floor_ms: [], cold_ms: [], warm_ms: [] }
// The first of all makes the connection, and has the code compiled.
await askInTurns(Number(unmeasured))
for (const list of Object.values(asked)) list.length = 0
await askInTurns(Number(turns))
process.stdout.write(JSON.stringify(asked))
await disconnect()

async function askInTurns(n: number): Promise<void> {
  for (let turn = 0; turn < n; turn += 1) {
    asked.floor_ms.push(await timed(() => rowsOf(sql`select 1 as one`)))
    await inOneRequest(async () => {
      for (const list of [asked.cold_ms, asked.warm_ms].slice(0, Number(questions)))
        list.push(await timed(allowed))
    })
  }
}

async function allowed(): Promise<void> {
  // Safe: the bench has made it.
  if (!(await can(workspaceId as WorkspaceId, FEATURE ?? 'priority_support')))
    throw new Error('The one who is asked about has no plan.')
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}
