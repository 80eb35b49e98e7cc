import { BRAND } from '@/lib/brand'
import { logFile } from './log-file'
import type { Part } from './part'
import { script } from './paths'
import { startService } from './service'
import { untilAnswers } from './until-answers'

/** The Stripe sandbox as its own process. Its webhooks are signed with the first of `webhookSecret`. */
export async function embedSandbox(options: {
  port: number
  dir: string
  webhookSecret: string
  log: string
}): Promise<Part & { url: string }> {
  const url = `http://127.0.0.1:${options.port}`
  // While a secret is being rotated the variable holds two; the newer comes first.
  const [secret = ''] = options.webhookSecret.split(',').map((part) => part.trim())
  const part = await startService({
    name: 'Stripe',
    note: 'sandbox, embedded: no account, nothing leaves this machine',
    command: script('sandbox/main.ts', '--port', String(options.port), '--data', options.dir),
    // Arguments are visible to every user of the machine; the environment is not.
    processEnv: {
      ...process.env,
      SANDBOX_WEBHOOK_SECRET: secret,
      SANDBOX_BUSINESS_NAME: BRAND.name,
    },
    log: logFile(options.log),
    env: { STRIPE_API_BASE: url, STRIPE_SECRET_KEY: 'sk_test_ledgerline_sandbox' },
    ready: (child) =>
      untilAnswers(`${url}/_sandbox/health`, child, { seconds: 20, accept: (s) => s === 200 }),
  })
  return { ...part, url }
}
