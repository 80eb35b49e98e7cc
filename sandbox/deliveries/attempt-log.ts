/**
 * One try at one delivery. `status` is the HTTP status, or null when there was no answer; `at` is
 * Unix seconds, real time.
 */
export interface AttemptLog {
  attempt: number
  status: number | null
  at: number
  error: string | null
}

/** Any 2xx, and nothing else: a redirect is a failure. */
export function succeeded(log: AttemptLog): boolean {
  return log.status !== null && log.status >= 200 && log.status < 300
}
