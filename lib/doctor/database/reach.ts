import { type Check, fail, ok, warn } from '@/lib/doctor/check'
import { failureText } from '@/lib/log'

// What db/schema is written for and tested with; older ones lack settings that docs/how-to/behind-a-pooler.md names.
const TESTED = 18

/** Everything else about Postgres comes after this. */
export const database: Check = {
  id: 'database',
  title: 'DATABASE_URL answers',
  group: 'Postgres',
  needs: 'places',
  async look({ database, env }) {
    const { host } = new URL(env.databaseUrl)
    try {
      const { version } = await database()
      const major = Math.floor(version / 10_000)
      return major < TESTED - 4
        ? warn(
            `PostgreSQL ${major} at ${host}`,
            `Tested with ${TESTED}: take a newer one before you rely on it.`,
          )
        : ok(`PostgreSQL ${major} at ${host}`)
    } catch (error) {
      return fail(
        `no answer from ${host}: ${failureText(error)}`,
        'Start it, let this machine through its firewall, or correct DATABASE_URL: host, port, database, role and password.',
      )
    }
  },
}

/** The way that migrations take. */
export const direct: Check = {
  id: 'direct_database',
  title: 'DIRECT_DATABASE_URL',
  group: 'Postgres',
  after: 'database',
  needs: 'places',
  async look({ direct, env }) {
    const own = env.directDatabaseUrl !== env.databaseUrl
    const name = own ? 'DIRECT_DATABASE_URL' : 'DATABASE_URL'
    try {
      const { pooled } = await direct()
      return pooled
        ? warn(
            `${name} goes through a pooler: the lock that lets one migration run at a time does not hold`,
            'Set DIRECT_DATABASE_URL to the address that goes around it (Neon: without -pooler; Supabase: port 5432).',
          )
        : ok(own ? 'goes around the pooler' : 'the same as DATABASE_URL, which is direct')
    } catch (error) {
      return fail(`no answer: ${failureText(error)}`, 'Correct DIRECT_DATABASE_URL, or remove it.')
    }
  },
}
