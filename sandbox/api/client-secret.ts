import { ApiError } from '@/sandbox/http/api-error'

/** An intent, unless a secret was given that is not its own. */
export function withSecret<T extends { client_secret: string | null }>(
  intent: T,
  given: string | undefined,
): T {
  if (given === undefined || given === intent.client_secret) return intent
  throw ApiError.invalid(
    'The client_secret provided does not match the client_secret associated with this intent.',
    'client_secret',
  )
}
