import { after } from 'next/server'
import { callerRoute } from '@/app/api/caller-route'
import { notAllowed } from '@/app/api/not-allowed'
import { readBilling } from '@/lib/billing/read'
import { statusOf } from '@/lib/billing/status-of'
import { PATIENCE } from '@/lib/deadline'
import { drainAfterVisit } from '@/lib/jobs/drain-after-visit'

/** What a workspace may use now, for programs with a key and for pages that wait. */
export const GET = callerRoute(PATIENCE.person, async (actor) => {
  after(drainAfterVisit)
  const billing = await readBilling(actor.workspaceId, { actor, refresh: 'stale', later: after })
  return Response.json(statusOf(billing), { headers: { 'cache-control': 'private, no-store' } })
})

// Next answers HEAD as GET without its body, and OPTIONS with what there is.
const none = notAllowed('GET, HEAD, OPTIONS')

export { none as DELETE, none as PATCH, none as POST, none as PUT }
