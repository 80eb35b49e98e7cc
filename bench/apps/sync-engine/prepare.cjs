// By require: its other build swallows the error of a migration that it cannot find.
const { runMigrations } = require('@supabase/stripe-sync-engine')
const { Client } = require('pg')

const databaseUrl = process.env.DATABASE_URL

// It goes on after a migration that failed, and says so only to its logger.
const logger = {
  info() {},
  error(error) {
    throw error
  },
}

async function main() {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  // Its migrations give their functions to this role, which not every server has.
  await client.query(
    `do $$ begin create role postgres; exception when duplicate_object then end $$`,
  )
  await client.end()
  await runMigrations({ databaseUrl, schema: 'stripe', logger })
}

main()
