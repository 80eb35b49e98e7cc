import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { PUBLIC, schemaOf } from '@/lib/env-schema'

/**
 * Gives a role exactly what the application needs, and takes what else it had. A role that does not
 * exist is made. In a schema beside others, that schema becomes the one that the role works in, because
 * behind a pooler no connection can ask for it. Needs the owner's connection, not a pooler.
 * @returns the password of a role that was made, which is shown only now; null for one that existed
 * @throws what Postgres says when the role may do more by other ways
 */
export async function grantApplication(url: string, role: string): Promise<string | null> {
  if (!ROLE.test(role)) throw new Error(`${role} is no name for a role: a-z, 0-9 and _ only.`)
  const client = postgres(url, { max: 1, onnotice: () => {} })
  try {
    return await client.begin(async (sql) => {
      const [found] = await sql`select from pg_roles where rolname = ${role}`
      const password = found ? null : randomBytes(24).toString('base64url')
      // This statement takes no parameters; ROLE and base64url leave nothing in the two that needs escaping.
      if (password) await sql.unsafe(`create role ${role} login noinherit password '${password}'`)
      await sql`select grant_application(${role})`
      if (schemaOf(url) !== PUBLIC) {
        const [works] = await sql`select format('alter role %I in database %I set search_path = %I',
          ${role}::text, current_database(), current_schema()) as there`
        await sql.unsafe(works?.there)
      }
      return password
    })
  } finally {
    await client.end({ timeout: 5 })
  }
}

/**
 * How many connections a role has to this database now. The schema that it was given counts from the next ones on: a
 * pooler's backends that were open before work where they did, and behind one connection there can be both.
 */
export async function openConnectionsOf(url: string, role: string): Promise<number> {
  const client = postgres(url, { max: 1, onnotice: () => {} })
  try {
    const [row] = await client`select count(*)::int as n from pg_stat_activity
      where usename = ${role} and datname = current_database()`
    return row?.n ?? 0
  } finally {
    await client.end({ timeout: 5 })
  }
}

const ROLE = /^[a-z_][a-z0-9_]{0,62}$/
