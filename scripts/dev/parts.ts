import { given } from '@/scripts/stack/given'
import { givenPart, type Part } from '@/scripts/stack/part'
import { dataPath } from '@/scripts/stack/paths'
import { choosePort } from '@/scripts/stack/ports'
import { embedPostgres } from '@/scripts/stack/postgres'
import { embedRedis } from '@/scripts/stack/redis'
import { embedSandbox } from '@/scripts/stack/sandbox'
import { movedRemark, realStripeRemarks } from './remarks'

/** The embedded database, or the one of DATABASE_URL. */
export async function databasePart(): Promise<Part> {
  const url = given('DATABASE_URL')
  if (!url) return embedPostgres({ dir: dataPath('postgres') })
  if (!URL.canParse(url)) throw new Error('DATABASE_URL is not a URL. Correct it or remove it.')
  return givenPart('Database', `given by DATABASE_URL (${new URL(url).host})`)
}

/** The embedded Redis, or the one of UPSTASH_REDIS_REST_URL and its token. */
export async function redisPart(): Promise<Part> {
  const [url, token] = [given('UPSTASH_REDIS_REST_URL'), given('UPSTASH_REDIS_REST_TOKEN')]
  if (url && token) return givenPart('Redis', 'given by UPSTASH_REDIS_REST_URL')
  if (!url && !token) return embedRedis({ port: REDIS_PORT, log: dataPath('logs', 'redis.log') })
  throw new Error(
    'UPSTASH_REDIS_REST_URL and UPSTASH_REDIS_REST_TOKEN go together: set both, or neither to get the embedded Redis.',
  )
}

export type StripePart = Part & {
  /** The sandbox to fill with the catalog; null when a real Stripe was given. */
  sandboxUrl: string | null
  remarks: string[]
}

/** The embedded sandbox, or the Stripe of STRIPE_SECRET_KEY, or the sandbox of STRIPE_API_BASE. */
export async function stripePart(webhookSecret: string): Promise<StripePart> {
  const base = given('STRIPE_API_BASE') ?? null
  if (given('STRIPE_SECRET_KEY')) {
    const where = base ? `STRIPE_SECRET_KEY at ${base}` : 'STRIPE_SECRET_KEY'
    const part = givenPart('Stripe', `given by ${where}`)
    return { ...part, sandboxUrl: base, remarks: base ? [] : realStripeRemarks() }
  }
  if (base) {
    const env = { STRIPE_SECRET_KEY: 'sk_test_ledgerline_sandbox', ...publishable() }
    const part = givenPart('Stripe', `sandbox given by STRIPE_API_BASE (${base})`)
    return { ...part, env, sandboxUrl: base, remarks: [] }
  }
  const port = await choosePort('SANDBOX_PORT', SANDBOX_PORT)
  const log = dataPath('logs', 'sandbox.log')
  const part = await embedSandbox({ port, dir: dataPath('sandbox'), webhookSecret, log })
  const env = { ...part.env, ...publishable() }
  return { ...part, env, sandboxUrl: part.url, remarks: movedRemark('sandbox', port, SANDBOX_PORT) }
}

// A sandbox takes any. Set to nothing it stays so: then cards are left on Stripe's own page.
function publishable(): Record<string, string> {
  const name = 'NEXT_PUBLIC_STRIPE_PUBLISHABLE_KEY'
  return process.env[name] === undefined ? { [name]: 'pk_test_ledgerline_sandbox' } : {}
}

const SANDBOX_PORT = 12_111
// Beside the sandbox's, and free on most machines.
const REDIS_PORT = 12_121
