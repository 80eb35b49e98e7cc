import 'server-only'
import { randomUUID } from 'node:crypto'
import { unstable_rethrow } from 'next/navigation'
import { after } from 'next/server'
import { WrongOrigin } from '@/app/refuse'
import { type Patience, within } from '@/lib/deadline'
import { inOneRequest } from '@/lib/entitlements/memo'
import {
  BillingError,
  type BillingErrorCode,
  Forbidden,
  Invalid,
  isDatabaseError,
  PlanRequired,
  RateLimited,
  Unauthenticated,
} from '@/lib/errors'
import { log } from '@/lib/log'

/**
 * The one edge of a route that programs read: an answer within the time that a program waits, and always
 * one in JSON. A refusal is its code; every database error is `unavailable`; an unexpected error
 * is `internal`, with the reference of its line in the log.
 */
export function apiRoute<Given extends unknown[]>(
  patience: Patience,
  handle: (...given: Given) => Promise<Response>,
): (...given: Given) => Promise<Response> {
  return async (...given) => {
    try {
      return await inOneRequest(() => within(patience, () => handle(...given)), after)
    } catch (error) {
      unstable_rethrow(error)
      return refusal(error)
    }
  }
}

function refusal(error: unknown): Response {
  if (error instanceof RateLimited) {
    return answer(429, { error: error.code }, { 'retry-after': `${error.retryAfterSeconds}` })
  }
  if (error instanceof PlanRequired) {
    const { feature, plan } = error.needs
    return answer(402, { error: error.code, reason: error.reason, feature, plan })
  }
  if (error instanceof Forbidden && error.reason) {
    const { feature, plan } = error.needs ?? {}
    return answer(403, { error: error.code, reason: error.reason, feature, plan })
  }
  if (error instanceof Unauthenticated) {
    return answer(401, { error: error.code }, { 'www-authenticate': 'Bearer' })
  }
  if (error instanceof Invalid) {
    const fields = Object.keys(error.fields).length > 0 ? error.fields : undefined
    return answer(400, { error: error.code, reason: error.reason ?? undefined, fields })
  }
  if (error instanceof WrongOrigin) {
    return answer(403, { error: 'forbidden', reason: 'other_address' })
  }
  if (error instanceof BillingError && error.code !== 'unavailable') {
    return answer(STATUS[error.code], { error: error.code })
  }
  if (error instanceof BillingError || isDatabaseError(error)) {
    log.error({ err: error }, 'An API route could not answer; the client was asked to retry.')
    return answer(503, { error: 'unavailable' }, { 'retry-after': RETRY_AFTER_S })
  }
  const ref = randomUUID().slice(0, 8)
  log.error(
    { err: error, ref },
    'An API route failed with an unexpected error. Find the cause by this reference.',
  )
  return answer(500, { error: 'internal', ref })
}

// An outage lasts longer than this; a client that retries each second only adds load.
const RETRY_AFTER_S = '5'

const STATUS: Record<BillingErrorCode, number> = {
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  invalid: 400,
  rate_limited: 429,
  payment_required: 402,
  unavailable: 503,
}

function answer(status: number, body: object, headers: Record<string, string> = {}): Response {
  const all = { 'cache-control': 'private, no-store', ...headers }
  return Response.json(body, { status, headers: all })
}
