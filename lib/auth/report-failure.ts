import { AuthError } from 'next-auth'
import { LineLimit } from '@/lib/line-limit'
import { log } from '@/lib/log'
import { authFailureText } from './failure-text'

// Any visitor can cause each of them, as often as they like, by opening an address.
const OF_VISITORS = new Set([
  'AccessDenied',
  'InvalidCallbackUrl',
  'InvalidCheck',
  'InvalidProvider',
  'MissingCSRF',
  'OAuthCallbackError',
  'UnknownAction',
  'Verification',
])

// Of each kind and minute: enough to see that something is wrong, and what.
const limit = new LineLimit({ lines: 10, windowMs: 60_000 })

/** Writes what went wrong in next-auth: a few lines of each kind, and how many there were besides. */
export function reportAuthFailure(error: Error): void {
  const kind = error instanceof AuthError ? error.type : error.name
  const leftOut = limit.take(kind)
  if (leftOut === null) return
  const line = { error: authFailureText(error), ...(leftOut > 0 ? { leftOut } : {}) }
  if (OF_VISITORS.has(kind)) log.info(line, 'sign-in not completed')
  else log.error(line, 'sign-in failed')
}

/** Writes a warning of next-auth's, which it repeats at every request. */
export function reportAuthWarning(code: string): void {
  const leftOut = limit.take(`warning ${code}`)
  if (leftOut !== null) log.warn({ code, ...(leftOut > 0 ? { leftOut } : {}) }, 'next-auth warns')
}
