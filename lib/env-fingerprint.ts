import { createHash } from 'node:crypto'

/** Names the database in a Redis that several share; host, port and name, never the password. */
export function fingerprint(databaseUrl: string): string {
  const { host, pathname } = new URL(databaseUrl)
  return createHash('sha256').update(`${host}${pathname}`).digest('hex').slice(0, 12)
}
