import { randomBytes } from 'node:crypto'
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { applyPush } from '@/lib/catalog/push/apply'
import { desired } from '@/lib/catalog/push/desired'
import { readFound } from '@/lib/catalog/push/found'
import { planPush, type Step } from '@/lib/catalog/push/plan'
import { reachableWebhook } from '@/lib/catalog/push/webhook-url'
import { env } from '@/lib/env'
import { handledEvents } from '@/lib/events/handlers'
import { loadEnv } from '@/scripts/stack/load-env'

/**
 * `npm run stripe:push`: makes Stripe hold the catalog of lib/catalog/plans.ts, the portal's
 * settings and the webhook endpoint. Prints the plan first; a second run finds nothing to do.
 * Ends with 0 when Stripe agrees (or after --dry-run), with 1 when it does not.
 */
async function main(): Promise<number> {
  const { values: options } = parseArgs({
    options: {
      yes: { type: 'boolean', default: false },
      'dry-run': { type: 'boolean', default: false },
      'webhook-url': { type: 'string' },
    },
  })
  loadEnv()
  standIns()
  const { appUrl, stripe } = env()
  const webhookUrl = reachableWebhook({ appUrl, stripe }, options['webhook-url'])
  const wanted = desired({ appUrl, webhookUrl, events: handledEvents })
  const steps = planPush(wanted, await readFound(wanted))
  print(steps, webhookUrl)
  if (steps.every(({ mark }) => mark === '=')) return say('Nothing to change.', 0)
  if (options['dry-run']) return say('Nothing was changed (--dry-run).', 0)
  if (!options.yes && !(await confirmed())) return say('Nothing was changed. To apply: --yes.', 1)
  const { webhookSecret } = await applyPush(steps, wanted)
  // A sandbox that was started with a secret signs with that; `npm run dev` has it already.
  if (webhookSecret && !(stripe.apiBase && options.yes)) showSecret(webhookSecret)
  return say('Done: Stripe holds what is written here.', 0)
}

// A push needs the key and APP_URL only, and the webhook's secret is what it is run to get.
function standIns(): void {
  const random = randomBytes(24).toString('hex')
  const unused = {
    DATABASE_URL: 'postgres://unused.invalid/unused',
    UPSTASH_REDIS_REST_URL: 'https://unused.invalid',
    UPSTASH_REDIS_REST_TOKEN: random,
    AUTH_SECRET: random,
    STRIPE_WEBHOOK_SECRET: `whsec_${random}`,
  }
  for (const [name, value] of Object.entries(unused)) process.env[name] ||= value
}

function print(steps: readonly Step[], webhookUrl: string | null): void {
  const { apiBase, livemode } = env().stripe
  console.log(
    `Plan for ${apiBase ? `the sandbox at ${apiBase.origin}` : livemode ? 'Stripe, LIVE' : 'Stripe, test mode'}:`,
  )
  for (const { mark, what } of steps) console.log(`  ${mark} ${what}`)
  if (webhookUrl) return
  console.log(
    '  No webhook endpoint: Stripe cannot reach this address. Use `stripe listen --forward-to`,',
  )
  console.log('  or give --webhook-url https://….')
}

async function confirmed(): Promise<boolean> {
  if (!process.stdin.isTTY) return false
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await terminal.question('Apply? [y/N] ')
  terminal.close()
  return /^y(es)?$/i.test(answer.trim())
}

function showSecret(secret: string): void {
  console.log(
    '\nThe endpoint is new. Stripe shows its secret this once; put it into the environment:',
  )
  console.log(`  STRIPE_WEBHOOK_SECRET=${secret}\n`)
}

function say(sentence: string, code: number): number {
  console.log(sentence)
  return code
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
