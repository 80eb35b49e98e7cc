import { refuseLiveRecords } from './migrations/live-records'
import { given } from './stack/given'
import { loadEnv } from './stack/load-env'
import { migrateDatabase } from './stack/migrate'

/** `npm run db:migrate`: brings the database up to date, as a step before a deploy serves. */
loadEnv()
const variable = given('DIRECT_DATABASE_URL') ? 'DIRECT_DATABASE_URL' : 'DATABASE_URL'
const url = given(variable)

try {
  if (!url) throw new Error('DATABASE_URL is not set. Give the URL of the database to migrate.')
  // Vercel says which deployment it is; elsewhere the operator does.
  if ([given('APP_ENV'), given('VERCEL_ENV')].includes('preview'))
    await refuseLiveRecords(url, variable)
  console.log(await migrateDatabase(url, variable))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
