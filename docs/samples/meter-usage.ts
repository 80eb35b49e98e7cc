import type { UsagePolicy } from '@/lib/catalog/usage-policy'
import { formatDay } from '@/lib/day'
import type { WorkspaceId } from '@/lib/ids'
import { commit } from '@/lib/usage/commit'
import { consume } from '@/lib/usage/consume'
import { refund } from '@/lib/usage/refund'
import { reserve } from '@/lib/usage/reserve'

export async function countExport(workspaceId: WorkspaceId, exportId: string) {
  const use = await consume(workspaceId, 1, `export:${exportId}`)
  if (!use.allowed) {
    return `Your ${use.limit} uses are used. They start again on ${formatDay(use.resetsAt)}.`
  }
  return null
}

export async function createReport(
  workspaceId: WorkspaceId,
  reportId: string,
  makeReport: (reportId: string) => Promise<string>,
) {
  const { outcome, reservation } = await reserve(workspaceId, 1, `report:${reportId}`)
  if (!reservation) return outcome // limit_reached, or already_counted: it was made before
  const report = await makeReport(reportId).catch(async (error: unknown) => {
    await refund(reservation)
    throw error
  })
  await commit(reservation)
  return report
}

export const metered: Pick<UsagePolicy, 'meter'> = {
  meter: 'reports',
}
