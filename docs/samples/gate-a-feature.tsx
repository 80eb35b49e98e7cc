import { redirect } from 'next/navigation'
import { gatedAction } from '@/app/access/gated-action'
import { gatedRoute } from '@/app/access/gated-route'
import { accessHere } from '@/app/access/here'
import { Offer } from '@/app/access/offer'
import { doneAt } from '@/app/done-at'
import { limitUse } from '@/app/limits'
import { refusedTo } from '@/app/refused-to'
import type { UserActor } from '@/lib/audit/actor'
import { PATIENCE } from '@/lib/deadline'
import { allows } from '@/lib/entitlements/answer'
import { can } from '@/lib/entitlements/can'
import { entitlements } from '@/lib/entitlements/read'
import { requireFeature } from '@/lib/entitlements/require-feature'
import type { WorkspaceId } from '@/lib/ids'

declare const Charts: () => React.ReactNode
declare function parseExport(form: FormData): { format: string }
declare function createExport(actor: UserActor, input: { format: string }): Promise<{ url: string }>
declare function listExports(workspaceId: WorkspaceId, asked: URLSearchParams): Promise<string[]>

export async function Trends() {
  const access = await accessHere()
  return allows(access, 'advanced_analytics') ? (
    <Charts />
  ) : (
    <Offer feature="advanced_analytics" access={access} />
  )
}

const create = gatedAction('advanced_analytics', parseExport, createExport, limitUse)

export async function makeExport(form: FormData): Promise<never> {
  const result = await create(form)
  if (result.ok) redirect(await doneAt('/reports', 'made'))
  redirect(await refusedTo('/reports', result))
}

export const GET = gatedRoute('api_access', PATIENCE.person, async (actor, request: Request) =>
  Response.json(await listExports(actor.workspaceId, new URL(request.url).searchParams)),
)

export async function anywhereElse(workspaceId: WorkspaceId, logo: string, ownLogo: string) {
  if (await can(workspaceId, 'white_label')) logo = ownLogo
  await requireFeature(workspaceId, 'api_access')
  const { tier, features, limits, validUntil } = await entitlements(workspaceId)
  return { logo, tier, features, limits, validUntil }
}
