import { keyRoute } from '@/app/api/caller-route'
import { notAllowed } from '@/app/api/not-allowed'
import { PATIENCE } from '@/lib/deadline'
import { createReport } from '@/lib/reports/create'
import { recentReports } from '@/lib/reports/list'
import { readRequest } from './read-request'

/** The latest reports of the key's workspace. */
export const GET = keyRoute(PATIENCE.person, async ({ workspaceId }) => {
  const reports = await recentReports(workspaceId)
  return answer(200, { data: reports.map(shown) })
})

/** Makes a report of one use. A request that is repeated under its `Idempotency-Key` makes one. */
export const POST = keyRoute(PATIENCE.press, async (actor, request) => {
  const report = await createReport(actor, await readRequest(request))
  return answer(201, shown(report))
})

// Next answers HEAD as GET without its body, and OPTIONS with what there is.
const none = notAllowed('GET, HEAD, OPTIONS, POST')

export { none as DELETE, none as PATCH, none as PUT }

type Report = Awaited<ReturnType<typeof createReport>>

function shown({ id, title, status, createdAt }: Report) {
  return { id, title, status, created_at: createdAt.toISOString() }
}

function answer(status: number, body: object): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'private, no-store' } })
}
