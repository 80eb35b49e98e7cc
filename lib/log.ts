import 'server-only'
import pino from 'pino'

/**
 * Structured logs, one line a step of billing: what happened, which id, what next.
 * Ids only: never a secret, a payload or an email address.
 */
export const log = pino({
  base: null,
  level: 'info',
  timestamp: pino.stdTimeFunctions.isoTime,
  serializers: { err: failureText },
  // A second net: pino's wildcard misses the top level, so both are listed.
  redact: ['email', '*.email', 'token', '*.token', 'secret', '*.secret', 'payload', '*.payload'],
  // A third, for a key that stands within a text, such as a URL that contains it.
  hooks: { streamWrite: withoutKeys },
})

/** A line without the API keys in it: of each its mode is left. Shorter ones, too, which were cut off. */
export function withoutKeys(line: string): string {
  return line.replace(/ll_(live|test)_[0-9A-Za-z]{4,}/g, 'll_$1_[removed]')
}

/**
 * A failure in one line that may be written down, with what a system said that caused it. Drizzle's
 * message repeats a query with all its parameters, among them payloads and addresses: of it only the
 * driver's own words are kept.
 */
export function failureText(error: unknown): string {
  if (!(error instanceof Error)) return 'something that is not an error was thrown'
  // The driver's own error has a `query`, too, and no cause.
  if ('query' in error && error.cause) return failureText(error.cause)
  const code = 'code' in error ? ` (${String(error.code)})` : ''
  // Postgres' own: the driver names its errors by their class, which a production build shortens.
  const name = 'severity' in error ? 'PostgresError' : error.name
  const own = `${name}: ${error.message}${code}`
  // What has a code comes from a driver or the system, and repeats nothing; next-auth's may quote an address.
  const { cause } = error
  return cause instanceof Error && 'code' in cause ? `${own} ← ${failureText(cause)}` : own
}
