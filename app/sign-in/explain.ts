import 'server-only'
import { randomUUID } from 'node:crypto'
import { refusedTo } from '@/app/refused-to'
import { env } from '@/lib/env'
import { LineLimit } from '@/lib/line-limit'
import { log } from '@/lib/log'
import { authReason } from './auth-errors'

/**
 * What next-auth answers, and where that leads to the sign-in page with an error, also why. `outage` is
 * what the database failed with meanwhile, which next-auth takes for having found nothing.
 */
export async function explainSignIn(response: Response, outage: Error | null): Promise<Response> {
  const to = new URL(response.headers.get('location') ?? '', env().appUrl)
  const code = to.searchParams.get('error')
  if (to.origin !== env().appUrl || to.pathname !== '/sign-in' || !code) return response
  const reason = outage ? 'records_away' : authReason(code)
  const ref = randomUUID().slice(0, 8)
  to.searchParams.delete('error')
  const refusal = { code, reason, ref, inLog: write({ code, reason, ref }) } as const
  const location = await refusedTo('/sign-in', refusal, { kept: to.searchParams.toString() })
  const headers = new Headers(response.headers)
  headers.set('location', new URL(location, env().appUrl).href)
  return new Response(null, { status: response.status, headers })
}

// A visitor can make each of them happen, as often as they like, by opening an address.
const limit = new LineLimit({ lines: 60, windowMs: 60_000 })

function write(line: { code: string; reason: string; ref: string }): boolean {
  const isWritten = limit.take(line.code.slice(0, 40)) !== null
  if (isWritten) log.info(line, 'A sign-in led back to its page.')
  return isWritten
}
