/**
 * An address of Postgres whose connections work in `schema`, which is its search_path there. Without one,
 * or with `public`, the address stays as it is, and so does what is no address.
 */
export function inSchema(url: string, schema: string | undefined): string {
  if (!schema || schema === PUBLIC || !URL.canParse(url)) return url
  const address = new URL(url)
  address.searchParams.set(PARAMETER, schema)
  return address.href
}

/** The schema that an address leads to; `public` for one that names none. */
export function schemaOf(url: string): string {
  const [first] = new URL(url).searchParams.get(PARAMETER)?.split(',') ?? []
  return first?.trim() || PUBLIC
}

/** The same address without its schema: for who names each table in full, and for a pooler that refuses it. */
export function withoutSchema(url: string): string {
  const address = new URL(url)
  if (!address.searchParams.has(PARAMETER)) return url
  address.searchParams.delete(PARAMETER)
  return address.href
}

/** Where drizzle notes which migrations were applied: `public` may belong to others, a schema of ours does not. */
export function journalSchema(schema: string): string {
  return schema === PUBLIC ? 'drizzle' : schema
}

/** What needs no quotes, and is none of Postgres's own. */
export const SCHEMA_NAME = /^(?!pg_|information_schema$)[a-z_][a-z0-9_]{0,62}$/

export const PUBLIC = 'public'

// A setting of Postgres, which the driver sends with each connection's start.
const PARAMETER = 'search_path'
