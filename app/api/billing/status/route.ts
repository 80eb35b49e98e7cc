import { after } from 'next/server'
import { currentUser } from '@/lib/auth/session'
import { readBilling } from '@/lib/subscriptions/read'
import { statusOf } from '@/lib/subscriptions/status-of'

const PRIVATE = { 'cache-control': 'private, no-store' }

/** What the signed-in user may use now, for programs and for pages that wait. */
export async function GET(): Promise<Response> {
  const user = await currentUser()
  if (!user) return Response.json({ error: 'unauthenticated' }, { status: 401, headers: PRIVATE })
  const billing = await readBilling(user.id, { refresh: 'stale', later: after })
  return Response.json(statusOf(billing), { headers: PRIVATE })
}
