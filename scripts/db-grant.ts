import { parseArgs } from 'node:util'
import { grantApplication, openConnectionsOf } from '@/db/grant'
import { PUBLIC, schemaOf, withoutSchema } from '@/lib/env-schema'
import { givenDatabase } from './stack/given-database'
import { loadEnv } from './stack/load-env'

/**
 * `npm run db:grant -- --role NAME`: gives a role what the application needs and no more, and makes
 * it when there is none. Uses the owner's connection: DIRECT_DATABASE_URL, else DATABASE_URL.
 */
try {
  const { values } = parseArgs({ options: { role: { type: 'string' } } })
  loadEnv()
  const url = givenDatabase('DIRECT_DATABASE_URL') ?? givenDatabase('DATABASE_URL')
  if (!values.role) throw new Error('Say which role: npm run db:grant -- --role ledgerline_app')
  if (!url) throw new Error("DATABASE_URL is not set. Give the URL of the database's owner.")
  const beside = schemaOf(url) !== PUBLIC
  const open = beside ? await openConnectionsOf(url, values.role) : 0
  const password = await grantApplication(url, values.role)
  console.log(`${values.role} may do what the application does, and no more.`)
  if (open > 0)
    console.log(
      `It has ${open} open connections, which may work in another schema. Behind a pooler restart that now (PgBouncer: RECONNECT), before the application asks.`,
    )
  if (password) {
    const { host, pathname, search } = new URL(withoutSchema(url))
    console.log('The role was made. Its password is shown this once; put it into DATABASE_URL:')
    console.log(`  postgres://${values.role}:${password}@${host}${pathname}${search}`)
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
