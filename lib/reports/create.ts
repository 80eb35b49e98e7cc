import { inTransaction } from '@/db/client'
import {
  deleteUnfinished,
  ensureReport,
  findReport,
  finishReport,
  type Report,
} from '@/db/queries/reports'
import type { WorkspaceActor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import { Conflict } from '@/lib/errors'
import { commit } from '@/lib/usage/commit'
import { consume } from '@/lib/usage/consume'
import { limitReached } from '@/lib/usage/limit-reached'
import { refund } from '@/lib/usage/refund'
import { type Reserved, reserve } from '@/lib/usage/reserve'

export type Asked = {
  title: string
  /** Names this use. The same key again gives the same report, and costs nothing. */
  key: string
}

/**
 * Makes a report, which costs one use: reserve, make, commit; and refund when making fails.
 * @param make the work itself, which may fail and may be repeated
 * @throws {PlanRequired | Forbidden} no use is left
 * @throws {Conflict} the key stands for another report
 */
export async function createReport(
  actor: WorkspaceActor,
  { title, key }: Asked,
  make = ensureReport,
): Promise<Report> {
  const { workspaceId } = actor
  const known = await findReport(workspaceId, key)
  if (known?.status === 'ready') return requireSame(known, title)

  const use = await reserve(workspaceId, 1, `report:${key}`)
  if (use.outcome === 'limit_reached') throw await limitReached(workspaceId)
  const report = await orGiveBack(use, async () =>
    requireSame(await make({ workspaceId, useKey: key, title }), title),
  )
  await count(use, report)
  await inTransaction(async (tx) => {
    if (!(await finishReport(tx, report.id))) return
    await recordAudit(tx, actor, {
      scope: `workspace:${workspaceId}`,
      action: 'report.create',
      after: { id: report.id },
    })
  })
  return { ...report, status: 'ready' }
}

function requireSame(report: Report, title: string): Report {
  if (report.title !== title) throw new Conflict('use_key_taken')
  return report
}

async function orGiveBack(use: Reserved, work: () => Promise<Report>): Promise<Report> {
  try {
    return await work()
  } catch (error) {
    // What another try has reserved is that one's to give back.
    if (use.outcome === 'allowed') await refund(use.reservation)
    throw error
  }
}

// The work outlived its reservation, or the try that made the reservation failed beside this one: it counts anew.
async function count(use: Reserved, { id, workspaceId, useKey }: Report): Promise<void> {
  const outcome = use.reservation ? await commit(use.reservation) : 'already_committed'
  if (outcome === 'committed' || outcome === 'already_committed') return
  const { allowed } = await consume(workspaceId, 1, `report:${useKey}:late`)
  if (allowed) return
  await deleteUnfinished(id)
  throw await limitReached(workspaceId)
}
