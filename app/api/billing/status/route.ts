import { after } from 'next/server'
import { apiRoute } from '@/app/api/api-route'
import { requireUser } from '@/lib/auth/session'
import { readBilling } from '@/lib/billing/read'
import { statusOf } from '@/lib/billing/status-of'
import { PATIENCE } from '@/lib/deadline'
import { drainAfterVisit } from '@/lib/jobs/drain-after-visit'

/** What the signed-in user's workspace may use now, for programs and for pages that wait. */
export const GET = apiRoute(PATIENCE.person, async () => {
  const { actor } = await requireUser()
  after(drainAfterVisit)
  const billing = await readBilling(actor.workspaceId, { actor, refresh: 'stale', later: after })
  return Response.json(statusOf(billing), { headers: { 'cache-control': 'private, no-store' } })
})
