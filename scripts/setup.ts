import { basename, join } from 'node:path'
import nextEnv from '@next/env'
import { disconnect } from '@/db/client'
import type { Step } from '@/lib/catalog/push/plan'
import { PATIENCE, within } from '@/lib/deadline'
import { report } from '@/lib/doctor/report'
import { env } from '@/lib/env'
import { EnvironmentError } from '@/lib/env-error'
import { log } from '@/lib/log'
import { reachStripe } from '@/lib/stripe/account'
import { findMissingPermissions, NEEDED } from '@/lib/stripe/permissions'
import { isRestricted } from '@/lib/stripe/restricted-key'
import { agrees } from './setup/ask-key'
import { bringParts } from './setup/bring-parts'
import { type Entry, readText, replaceFile, withMissing } from './setup/env-file'
import { newKey } from './setup/new-key'
import { readOptions } from './setup/options'
import { refuseOtherValue } from './setup/other-value'
import { push } from './setup/push'
import { listenerSecret } from './setup/stripe-cli'
import { verify } from './setup/verify'
import { given, refuseBlankSecrets } from './stack/given'
import { loadEnv } from './stack/load-env'
import { dataPath, ROOT } from './stack/paths'
import { keptSecrets } from './stack/secrets'
import { createStack } from './stack/stack'

/**
 * `npm run setup [-- --yes --stripe-secret-key KEY | --cli-sandbox --app-url URL]`: makes what is missing for a start
 * (secrets, catalog, portal, webhook endpoint), writes it into .env.local beside what stands there, and
 * verifies it by doing. A second run finds nothing to do. Ends with 1 when something is still wrong.
 */
const stack = createStack()

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2))
  log.level = 'silent'
  const file = options.file ?? join(ROOT, '.env.local')
  loadEnv()
  loadFile(file)
  refuseOtherValue(options, file)
  const entries = missingSecrets()
  refuseBlankSecrets()
  const asks = !options.yes && process.stdin.isTTY === true
  const keys = await newKey(options, asks)
  entries.unshift(...keys)
  if (options.appUrl)
    entries.push({ name: 'APP_URL', value: options.appUrl, about: 'The public address.' })
  for (const { name, value } of entries) process.env[name] ||= value

  const ownSecret = given('STRIPE_WEBHOOK_SECRET')
  // What `npm run dev` brings signs with a secret that it brings, too: neither is written down.
  const embedded = !given('STRIPE_SECRET_KEY') && !given('STRIPE_API_BASE')
  await bringParts(stack, keys.length > 0)
  await checkStripe()
  const agree = async (steps: Step[]) => {
    console.log('To be made (+) or changed (~) at Stripe:')
    for (const { mark, what } of steps) console.log(`  ${mark} ${what}`)
    return !asks || (await agrees('Go on?'))
  }
  const { steps, webhookSecret, missing } = await push(agree)
  console.log(
    missing.length > 0
      ? lacks(missing)
      : `Stripe: ${steps.length === 0 ? 'nothing to change' : `${steps.length} made or changed`}`,
  )
  const note = webhookSecret && !embedded ? keepSecret(webhookSecret, ownSecret, entries) : null
  if (!webhookSecret && !embedded && !ownSecret) await keepListenerSecret(entries)
  write(file, entries, note)

  const findings = await verify()
  console.log(report(findings, process.stdout.isTTY))
  const bad = findings.some(({ status }) => status === 'fail')
  console.log(
    bad
      ? 'Something is still wrong: see → above.\n'
      : 'Ready. `npm run dev` starts it, `npm run doctor` looks again.\n',
  )
  return bad ? 1 : 0
}

function loadFile(path: string): void {
  const contents = readText(path)
  if (contents === '') return
  const files = [{ path, contents, env: {} }]
  nextEnv.processEnv(files, ROOT, { info: () => {}, error: console.error }, true)
}

// Those of `npm run dev`, so that signed-in users stay signed in.
function missingSecrets(): Entry[] {
  const kept = keptSecrets(dataPath('secrets.json'))
  const entries = [
    {
      name: 'AUTH_SECRET',
      value: kept.AUTH_SECRET,
      about: 'Signs sign-ins. Drawn by `npm run setup`.',
    },
    {
      name: 'CRON_SECRET',
      value: kept.CRON_SECRET,
      about: 'Opens scheduled jobs. Drawn by `npm run setup`.',
    },
  ]
  return entries.filter(({ name }) => !given(name))
}

/** @throws what is wrong with the key, before anything is made or written */
async function checkStripe(): Promise<void> {
  await reachStripe()
  if (!isRestricted(env().stripe.secretKey)) return
  const missing = await findMissingPermissions()
  if (missing.length === 0) return
  const list = [...NEEDED.keys()].map((name) => `  ${missing.includes(name) ? '✗' : '✓'} ${name}`)
  throw new Error(
    `The restricted key lacks permissions. Add them at dashboard.stripe.com/apikeys:\n${list.join('\n')}`,
  )
}

function lacks(missing: readonly string[]): string {
  return `Stripe: nothing was pushed, for which the key lacks ${missing.join(', ')}. Run \`npm run stripe:push\` once with the secret key.`
}

// Stripe shows it this once. One that stands there is kept, and the new one left beside it for a person.
function keepSecret(secret: string, own: string | undefined, entries: Entry[]): string | null {
  const about = 'Signs what Stripe posts to the endpoint that `npm run setup` made.'
  if (own && own !== secret) return `# ${about}\n# STRIPE_WEBHOOK_SECRET=${secret}\n`
  entries.push({ name: 'STRIPE_WEBHOOK_SECRET', value: secret, about })
  process.env.STRIPE_WEBHOOK_SECRET = secret
  return null
}

// Where Stripe cannot call this machine, its command line can.
async function keepListenerSecret(entries: Entry[]): Promise<void> {
  const secret = await listenerSecret(env())
  if (!secret) return
  const about = 'Signs what `stripe listen` forwards.'
  entries.push({ name: 'STRIPE_WEBHOOK_SECRET', value: secret, about })
  process.env.STRIPE_WEBHOOK_SECRET = secret
  const to = `${env().appUrl}/api/webhooks/stripe`
  console.log(`Webhooks: \`stripe listen --forward-to ${to}\` brings them, beside \`npm run dev\`.`)
}

function write(file: string, entries: readonly Entry[], note: string | null): void {
  const before = readText(file)
  const { text, added } = withMissing(before, entries)
  const after = note === null ? text : `${text.trimEnd()}\n\n${note}`
  if (after === before) {
    console.log(`${basename(file)}: nothing to add`)
    return
  }
  replaceFile(file, after)
  console.log(`${basename(file)}: added ${added.join(', ') || 'a note'}`)
  if (note)
    console.log(
      'The endpoint is new, and STRIPE_WEBHOOK_SECRET is of another: its own stands beside it, commented out.',
    )
}

try {
  process.exitCode = await within(PATIENCE.operator, main)
} catch (error) {
  const lines = error instanceof EnvironmentError ? error.message : failureOf(error)
  console.error(`\n✗ ${lines}\n`)
  process.exitCode = 1
} finally {
  await disconnect()
  await stack.stop()
}
// What watches the parts keeps a process alive.
process.exit()

function failureOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
