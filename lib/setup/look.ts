import type { FirstOperator } from '@/db/first-operator'
import { type Finding, fail, ok, skip, type Verdict, type Words } from '@/lib/doctor/check'
import { CHECKS } from '@/lib/doctor/checks'
import { examine } from '@/lib/doctor/examine'
import { openPlaces } from '@/lib/doctor/places'
import type { Env } from '@/lib/env'
import { askPlainly } from '@/lib/redis/ask-plainly'

/** What a deployment needs to be set up: not how far or how old things are, which is for the doctor. */
const NEEDED: readonly string[] = [
  ...CHECKS.filter(({ needs }) => needs === 'words').map(({ id }) => id),
  ...['database', 'migrations', 'database_writes', 'redis', 'redis_writes'],
  ...['stripe', 'permissions', 'prices', 'catalog', 'portal'],
  ...['webhook_endpoint', 'webhook_version', 'webhook_events', 'webhook_round_trip'],
  ...['app', 'mail', 'first_operator', 'crons'],
]

/**
 * Looks at all of it with the checks of the doctor. Without an environment that a server starts with, at
 * the variables, and at the stores whose variables are there. With one, and a database that is away, at nothing
 * else: only it can say whether this deployment is in use, and then no visitor makes it ask others. Never throws.
 */
export async function lookAtSetup(
  words: Words,
  env: Env | null,
  operator: FirstOperator | null,
): Promise<Finding[]> {
  if (env && operator !== 'away') return examine({ words, places: openPlaces(env, null) }, NEEDED)
  const found = await examine({ words, places: null }, env ? ['database'] : NEEDED)
  const early: Record<string, Verdict> = {
    ...(operator ? { database: reach(operator), migrations: tables(operator) } : {}),
    ...(env ? {} : { redis: await askRedis(words) }),
  }
  return found.map((finding) => ({ ...finding, ...early[finding.id] }))
}

function reach(operator: FirstOperator): Verdict {
  return operator === 'away'
    ? fail('no answer', 'Start it, or correct DATABASE_URL.')
    : ok('it answers')
}

function tables(operator: FirstOperator): Verdict {
  if (operator === 'away') return skip('not looked at: the database first')
  return operator === 'no_tables'
    ? fail('the tables are not there', 'Run `npm run db:migrate`.')
    : ok('the tables are there')
}

async function askRedis({ given }: Words): Promise<Verdict> {
  const { UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: token } = given
  if (!url || !token) return skip('not looked at: its variables first')
  const answer = await askPlainly({ url, token }, ['ping']).catch(() => null)
  return answer?.kind === 'value'
    ? ok('it answers')
    : fail('no answer', 'Start it, or correct UPSTASH_REDIS_REST_URL and UPSTASH_REDIS_REST_TOKEN.')
}
