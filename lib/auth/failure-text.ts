import { AuthError } from 'next-auth'
import { failureText } from '@/lib/log'

/**
 * What went wrong in next-auth, in one line that may be written down: the kind, and the failure at
 * its root. Its own messages stay out, because some repeat the address that was asked for.
 */
export function authFailureText(error: Error): string {
  if (!(error instanceof AuthError)) return failureText(error)
  const cause = error.cause?.err
  return cause ? `${error.type}: ${authFailureText(cause)}` : error.type
}
