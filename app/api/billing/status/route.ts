import { after } from 'next/server'
import { apiRoute } from '@/app/api/api-route'
import { requireUser } from '@/lib/auth/session'
import { PATIENCE } from '@/lib/deadline'
import { readBilling } from '@/lib/subscriptions/read'
import { statusOf } from '@/lib/subscriptions/status-of'

/** What the signed-in user may use now, for programs and for pages that wait. */
export const GET = apiRoute(PATIENCE.person, async () => {
  const { id } = await requireUser()
  const billing = await readBilling(id, { refresh: 'stale', later: after })
  return Response.json(statusOf(billing), { headers: { 'cache-control': 'private, no-store' } })
})
