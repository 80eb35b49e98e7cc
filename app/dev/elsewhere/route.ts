import { env } from '@/lib/env'

// What was true at the build says nothing.
export const dynamic = 'force-dynamic'

/** Where `lib/requests/meet.ts` redirects a request for another host than this machine or APP_URL. */
export function GET(): Response {
  const { appEnv, appUrl } = env()
  if (appEnv !== 'development') return new Response(null, { status: 404 })
  const text = `This is ${appUrl}, and it answers to no other name but this machine's. To open it at another address, set APP_URL to that one.\n`
  return new Response(text, { status: 421, headers: { 'cache-control': 'no-store' } })
}
