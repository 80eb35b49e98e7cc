import { countReportsByDay, listReports, type Report } from '@/db/queries/reports'
import type { WorkspaceId } from '@/lib/ids'

// One page. An application of your own will want a cursor.
const MOST = 100

/** The latest hundred reports of a workspace, the newest first. */
export function recentReports(workspaceId: WorkspaceId): Promise<Report[]> {
  return listReports(workspaceId, MOST)
}

/** How many reports were made on each of the last thirty days that have any. */
export function reportsByDay(workspaceId: WorkspaceId) {
  return countReportsByDay(workspaceId, 30)
}
