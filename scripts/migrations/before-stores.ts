import { type Given, isVercel } from '@/lib/env-given'

/**
 * Whether this is a build on Vercel to which no store was connected yet, as the first one after the button:
 * it deploys without tables, and `/setup` says what is missing. A project that has lost its database alone
 * is none, and its deploy must fail, so that what serves goes on.
 */
export function comesBeforeStores(given: Given): boolean {
  const stores = ['DATABASE_URL', 'DIRECT_DATABASE_URL', 'UPSTASH_REDIS_REST_URL']
  return isVercel(given) && stores.every((name) => !given[name]?.trim())
}
