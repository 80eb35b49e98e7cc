import { readOnlyUrl } from '@/db/read-only-url'
import { givenVariables } from '@/lib/env'
import { joinRunningStack } from '@/scripts/stack/environment-file'
import { loadEnv } from '@/scripts/stack/load-env'

/** What the tools stand on. */
export type Ready = {
  /** Why the database is not asked; null: it is, and can only be read. */
  away: string | null
}

/**
 * Reads the environment as the commands do, and makes every connection to Postgres one that cannot write. While
 * `npm run dev` runs in this checkout and no database is given, it is that one's. Done once; tried again
 * after a failure, because the stack may be up by then.
 */
export function prepare(): Promise<Ready> {
  preparing ??= makeReady().then((ready) => {
    if (ready.away !== null) preparing = undefined
    return ready
  })
  return preparing
}

let preparing: Promise<Ready> | undefined

async function makeReady(): Promise<Ready> {
  loadEnv()
  joinRunningStack()
  const { DATABASE_URL, DIRECT_DATABASE_URL } = givenVariables()
  const urls = [DATABASE_URL, DIRECT_DATABASE_URL].flatMap((url) => url?.trim() || [])
  const [first] = urls
  if (!first)
    return { away: 'DATABASE_URL is not set, and no `npm run dev` runs in this checkout.' }
  if (urls.some((url) => !URL.canParse(url))) return { away: 'DATABASE_URL is not a URL.' }
  try {
    const url = await readOnlyUrl([...new Set(urls)])
    process.env.DATABASE_URL = url
    process.env.DIRECT_DATABASE_URL = url
    return { away: null }
  } catch (error) {
    return { away: error instanceof Error ? error.message : String(error) }
  }
}

/** @throws {Error} the database cannot be asked */
export function requireDatabase({ away }: Ready): void {
  if (away !== null) throw new Error(away)
}
