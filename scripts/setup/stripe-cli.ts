import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { reachableWebhook } from '@/lib/catalog/push/webhook-url'
import type { Env } from '@/lib/env'

/** What opens a sandbox of Stripe's that has no account yet. */
export type CliSandbox = {
  secretKey: string
  publishableKey: string | null
  /** The day on which it ends unless it is claimed, as the command line says it. */
  expires: string | null
}

/** Whether Stripe's command line is on this machine. */
export async function hasCli(): Promise<boolean> {
  return (await stripe(['--version'])) !== null
}

/**
 * Has Stripe's command line make a sandbox without an account, or say which one it has made before. The
 * keys it prints are read and never shown.
 * @param email null for that of Git's settings
 * @throws a sentence: it is not there, is signed in to an account, or made none
 */
export async function makeSandbox(email: string | null): Promise<CliSandbox> {
  if (!(await hasCli()))
    throw new Error('The Stripe CLI is not here. `npm install --global @stripe/cli` brings it.')
  const how = email === null ? ['--from-git'] : ['--email', email]
  const create = ['sandbox', 'create', ...how, '--non-interactive']
  const said = (await stripe(create)) ?? ''
  // It forgets one that is over, and makes the next when it is asked again.
  const found = readSandbox(/session has expired/i.test(said) ? await stripe(create) : said)
  if (found) return found
  throw new Error(
    /already authenticated/i.test(said)
      ? 'The Stripe CLI is signed in to an account. Give a test key of that account, or run `stripe logout` first.'
      : 'The Stripe CLI made no sandbox. `stripe sandbox create` says why.',
  )
}

/**
 * The secret that `stripe listen` signs with; null where Stripe calls the application itself, or the command
 * line is not there or may not say it.
 */
export async function listenerSecret({
  appUrl,
  stripe: { apiBase, secretKey },
}: Pick<Env, 'appUrl'> & {
  stripe: Pick<Env['stripe'], 'apiBase' | 'secretKey'>
}): Promise<string | null> {
  if (reachableWebhook({ appUrl, stripe: { apiBase } })) return null
  const said = await stripe(['listen', '--print-secret'], { STRIPE_API_KEY: secretKey })
  return /\bwhsec_\w{16,}/.exec(said ?? '')?.[0] ?? null
}

// As JSON when it is new, in lines when it was made before.
function readSandbox(said: string | null): CliSandbox | null {
  const secretKey = find(/(?:"secret_key":\s*"|^Secret key:\s*)((?:rkcs|rk|sk)_test_\w+)/m)
  if (!secretKey) return null
  return {
    secretKey,
    publishableKey: find(/(?:"publishable_key":\s*"|^Publishable key:\s*)(pk_test_\w+)/m),
    expires: find(/\bexpires (\d{4}-\d{2}-\d{2})/),
  }

  function find(pattern: RegExp): string | null {
    return pattern.exec(said ?? '')?.[1] ?? null
  }
}

// A proof of work and two calls. A person waits.
const PATIENCE_MS = 60_000

/**
 * What it prints; null where it is not there, fails or does not end. The key goes by the
 * environment: others read arguments.
 */
async function stripe(args: string[], more: Record<string, string> = {}): Promise<string | null> {
  try {
    const env = { ...process.env, ...more }
    return (await run('stripe', args, { env, timeout: PATIENCE_MS })).stdout
  } catch {
    return null
  }
}

const run = promisify(execFile)
