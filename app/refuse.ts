import 'server-only'
import { randomUUID } from 'node:crypto'
import {
  BillingError,
  type BillingErrorCode,
  Invalid,
  type Needed,
  PlanRequired,
  RateLimited,
} from '@/lib/errors'
import { LineLimit } from '@/lib/line-limit'
import { log } from '@/lib/log'
import type { Reason } from '@/lib/refusals/sentences'

export type Refused = {
  ok: false
  code: BillingErrorCode | 'internal' | 'origin'
  /** Which sentence the page says. */
  reason: Reason
  /** Eight hex digits that stand in the log beside what really happened. */
  ref: string
  /** False where so many lines of the kind were written that this one was left out. */
  inLog: boolean
  fields?: Record<string, string>
  /** When to come back, of what was tried too often. */
  retryAfterSeconds?: number
  /** Which feature was asked for, and the plan that has it. */
  needs?: Needed
}

/** A form was posted from another address than ours. */
export class WrongOrigin extends Error {
  override readonly name = 'WrongOrigin'
}

/** What a page shows of an error, and one line in the log under the same reference. */
export function refuse(error: unknown): Refused {
  const { code, reason } = meaningOf(error)
  const ref = randomUUID().slice(0, 8)
  return {
    ok: false,
    code,
    reason,
    ref,
    inLog: write(error, { ref, code, reason }),
    ...(error instanceof Invalid ? { fields: error.fields } : {}),
    ...(error instanceof PlanRequired ? { needs: error.needs } : {}),
    ...(error instanceof RateLimited ? { retryAfterSeconds: error.retryAfterSeconds } : {}),
  }
}

type Meaning = Pick<Refused, 'code' | 'reason'>

function meaningOf(error: unknown): Meaning {
  if (error instanceof WrongOrigin) return { code: 'origin', reason: 'other_address' }
  if (error instanceof BillingError && error.reason) {
    return { code: error.code, reason: error.reason }
  }
  return { code: 'internal', reason: 'unforeseen' }
}

// A visitor can be refused as often as they like; of each reason and minute this many lines say enough.
const limit = new LineLimit({ lines: 60, windowMs: 60_000 })

function write(error: unknown, line: Meaning & { ref: string }): boolean {
  if (line.code === 'internal') {
    const what = 'A form failed with an unexpected error. Find the cause by this reference.'
    log.error({ err: error, ref: line.ref }, what)
    return true
  }
  if (line.code === 'unavailable') {
    log.error({ err: error, ...line }, 'A form could not be answered now.')
    return true
  }
  const leftOut = limit.take(line.reason)
  if (leftOut === null) return false
  log.info({ ...line, ...(leftOut > 0 ? { leftOut } : {}) }, 'A form was refused.')
  return true
}
