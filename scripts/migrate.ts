import { appEnvOf } from '@/lib/env-given'
import { comesBeforeStores } from './migrations/before-stores'
import { refuseLiveRecords } from './migrations/live-records'
import { given } from './stack/given'
import { givenDatabase } from './stack/given-database'
import { loadEnv, nameGiven } from './stack/load-env'
import { migrateDatabase } from './stack/migrate'

/** `npm run db:migrate`: brings the database up to date, as a step before a deploy serves. */
loadEnv()
const variable = given('DIRECT_DATABASE_URL') ? 'DIRECT_DATABASE_URL' : 'DATABASE_URL'
const url = givenDatabase(variable)

try {
  if (url) {
    await refuseLiveRecords(stage(), [variable])
    console.log(await migrateDatabase(url, nameGiven(variable)))
  } else if (comesBeforeStores(process.env))
    console.log(
      'No database is connected yet, so nothing is migrated: /setup says what is missing.',
    )
  else throw new Error('DATABASE_URL is not set. Give the URL of the database to migrate.')
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

// A preview of Vercel stays one, whatever APP_ENV says. A blank variable counts as missing.
function stage(): string {
  const [appEnv, vercel] = [given('APP_ENV'), given('VERCEL_ENV')]
  if (vercel && vercel !== 'production') return vercel
  return appEnvOf({ APP_ENV: appEnv, VERCEL_ENV: vercel, NODE_ENV: given('NODE_ENV') })
}
