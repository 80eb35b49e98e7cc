import { createHash } from 'node:crypto'
import { PUBLIC, schemaOf } from './env-schema'

/** Names the database in a Redis that several share; host, port, name and schema, never the password. */
export function fingerprint(databaseUrl: string): string {
  const { host, pathname } = new URL(databaseUrl)
  const schema = schemaOf(databaseUrl)
  const place = `${host}${pathname}${schema === PUBLIC ? '' : `/${schema}`}`
  return createHash('sha256').update(place).digest('hex').slice(0, 12)
}
