import { checkHealth } from '@/lib/health/check'

// What was true at the build says nothing.
export const dynamic = 'force-dynamic'

/**
 * For a monitor outside: 200 while all is well, 503 when an operator must look. It says which check
 * failed and nothing else, because it is public.
 */
export async function GET(): Promise<Response> {
  const health = await checkHealth()
  return Response.json(health, {
    status: health.status === 'ok' ? 200 : 503,
    headers: { 'cache-control': 'no-store' },
  })
}
