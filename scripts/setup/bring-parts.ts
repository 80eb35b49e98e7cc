import { databasePart, redisPart, stripePart } from '@/scripts/dev/parts'
import { DATABASE_VARIABLES, refuseLiveRecords } from '@/scripts/migrations/live-records'
import { runningStack } from '@/scripts/stack/environment-file'
import { given } from '@/scripts/stack/given'
import { givenDatabase } from '@/scripts/stack/given-database'
import { nameGiven } from '@/scripts/stack/load-env'
import { migrateDatabase } from '@/scripts/stack/migrate'
import { dataPath } from '@/scripts/stack/paths'
import { givenOr, keptSecrets } from '@/scripts/stack/secrets'
import type { Stack } from '@/scripts/stack/stack'

/**
 * Puts everything into the environment that a server needs: what was given, else what a running
 * `npm run dev` brings, else embedded parts of our own, for as long as this process lives.
 * @throws when a new key was given beside a running `npm run dev`, which talks to its sandbox, or the
 * database holds customers of live mode
 */
export async function bringParts(stack: Stack, isNewKey: boolean): Promise<void> {
  const running = runningStack()
  if (isNewKey && Object.keys(running).length > 0)
    throw new Error(
      '`npm run dev` runs in this checkout, beside its sandbox. Stop it first; with the key it starts without.',
    )
  fill(running)
  await refuseLiveRecords(given('APP_ENV') ?? 'development', DATABASE_VARIABLES)
  const secrets = givenOr(keptSecrets(dataPath('secrets.json')))
  const parts = await Promise.all([
    stack.bring(databasePart),
    stack.bring(redisPart),
    stack.bring(() => stripePart(secrets.STRIPE_WEBHOOK_SECRET)),
  ])
  for (const { env } of parts) fill(env)
  fill({ ...secrets, APP_ENV: 'development', APP_URL: 'http://localhost:3000' })
  const variable = given('DIRECT_DATABASE_URL') ? 'DIRECT_DATABASE_URL' : 'DATABASE_URL'
  console.log(
    `Database ${await migrateDatabase(`${givenDatabase(variable)}`, nameGiven(variable))}`,
  )
}

function fill(variables: Record<string, string>): void {
  for (const [name, value] of Object.entries(variables)) process.env[name] ||= value
}
