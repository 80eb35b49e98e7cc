import { PUBLIC, schemaOf } from '@/lib/env-schema'

/** Why a database could not be migrated, for a person, without the password. */
export function explain(error: unknown, url: string, variable: string): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (/^(ECONNREFUSED|ECONNRESET|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH|CONNECT_TIMEOUT)$/.test(code)) {
    return `${variable} points at ${place(url)}, and no PostgreSQL answers there (${code}). Start it, or remove ${variable} so that \`npm run dev\` brings its own.`
  }
  // Drizzle wraps the database's own words in the whole statement.
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const words = cause instanceof Error ? cause.message : String(cause)
  return `The migrations could not be applied to ${place(url)}: ${words}`
}

/** Where the database is, without user and password. */
export function place(url: string): string {
  const [{ host, pathname }, schema] = [new URL(url), schemaOf(url)]
  return `${host}${pathname}${schema === PUBLIC ? '' : `, schema ${schema}`}`
}
