import type { ReactNode } from 'react'
import { accessHere } from '@/app/access/here'
import type { UserActor } from '@/lib/audit/actor'
import { PATIENCE, type Patience } from '@/lib/deadline'
import type { Entitlements } from '@/lib/entitlements/answer'
import { recentReports } from '@/lib/reports/list'
import type { addedFeatures } from './fourth-plan'

// They know the features of this catalog; in a copy with the tutorial's feature they know that one, too.
type Added = keyof typeof addedFeatures
declare function gatedRoute(
  feature: Added,
  patience: Patience,
  handle: (actor: UserActor) => Promise<Response>,
): () => Promise<Response>
declare function allows(access: Entitlements, feature: Added): boolean
declare function Offer(props: { feature: Added; access: Entitlements }): ReactNode

export const GET = gatedRoute('report_export', PATIENCE.person, async ({ workspaceId }) => {
  const reports = await recentReports(workspaceId)
  return Response.json(reports.map(({ title, createdAt }) => ({ title, createdAt })))
})

export async function ExportReports() {
  const access = await accessHere()
  if (!allows(access, 'report_export')) return <Offer feature="report_export" access={access} />
  return (
    <a href="/reports/export" className="link">
      Export
    </a>
  )
}
