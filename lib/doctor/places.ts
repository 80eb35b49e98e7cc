import { type FirstOperator, findFirstOperator } from '@/db/first-operator'
import { type Probe, probe } from '@/db/probe'
import { type HealthFacts, readHealth } from '@/db/queries/health'
import { desired } from '@/lib/catalog/push/desired'
import { readFound } from '@/lib/catalog/push/found'
import { planPush, type Step } from '@/lib/catalog/push/plan'
import { reachableWebhook } from '@/lib/catalog/push/webhook-url'
import type { Env } from '@/lib/env'
import { handledEvents } from '@/lib/events/handlers'
import { boundsHere } from '@/lib/health/check'
import type { Bounds } from '@/lib/health/judge'
import { type Reach, reachStripe } from '@/lib/stripe/account'
import { findWebhookEndpoint, type WebhookEndpointSnapshot } from '@/lib/stripe/webhook-endpoints'
import { PARKED_AFTER } from '@/lib/sync/parked'

/** Where a check looks. What several ask for is read once. */
export type Places = {
  env: Env
  /** The text of db/functions, a file each; null where it is not at hand. */
  functions: readonly string[] | null
  database(): Promise<Probe>
  /** The same by the way that migrations take. */
  direct(): Promise<Probe>
  /** What the records show; null: the tables are not there. */
  records(): Promise<HealthFacts | null>
  firstOperator(): Promise<FirstOperator>
  /** After how long each job is late; null: no scheduler runs it here. */
  late: Bounds
  stripe(): Promise<Reach>
  /** The endpoint of this environment; null: there is none. */
  endpoint(): Promise<WebhookEndpointSnapshot | null>
  /** Where Stripe should post; null: it could not reach it. */
  webhookUrl: string | null
  /** What `npm run stripe:push` would do. */
  push(): Promise<Step[]>
}

/** The real ones of an environment. */
export function openPlaces(env: Env, functions: Places['functions']): Places {
  const database = once(() => probe(env.databaseUrl))
  const webhookUrl = reachableWebhook(env)
  return {
    env,
    functions,
    database,
    direct:
      env.directDatabaseUrl === env.databaseUrl
        ? database
        : once(() => probe(env.directDatabaseUrl)),
    records: once(() => readHealth(PARKED_AFTER)),
    firstOperator: once(() => findFirstOperator(env.databaseUrl)),
    late: boundsHere(),
    stripe: once(reachStripe),
    endpoint: once(findWebhookEndpoint),
    webhookUrl,
    push: once(async () => {
      const wanted = desired({ appUrl: env.appUrl, webhookUrl: null, events: handledEvents })
      return planPush(wanted, await readFound(wanted))
    }),
  }
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined
  return () => {
    reading ??= read()
    return reading
  }
}
