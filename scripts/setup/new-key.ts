import { given } from '@/scripts/stack/given'
import { askKey } from './ask-key'
import type { Entry } from './env-file'
import type { SetupOptions } from './options'
import { hasCli, makeSandbox } from './stripe-cli'

/**
 * The key of a Stripe where none stands: the one of the options, that of a sandbox that Stripe's command line makes,
 * or what a person answers. Nothing where one stands already, or they go on with the local sandbox.
 * @throws a sentence when the command line makes no sandbox
 */
export async function newKey(
  { key, cliSandbox, email }: SetupOptions,
  asks: boolean,
): Promise<Entry[]> {
  if (given('STRIPE_SECRET_KEY')) return []
  if (key) return [ofAccount(key)]
  if (cliSandbox) return ofCli(email)
  if (!asks) return []
  const asked = await askKey(await hasCli())
  if (asked.kind === 'cli') return ofCli(asked.email)
  return asked.kind === 'key' ? [ofAccount(asked.key)] : []
}

function ofAccount(value: string): Entry {
  return { name: 'STRIPE_SECRET_KEY', value, about: 'A test key of your Stripe account.' }
}

async function ofCli(email: string | null): Promise<Entry[]> {
  console.log('The Stripe CLI makes a sandbox…')
  const { secretKey, publishableKey, expires } = await makeSandbox(email)
  const end = expires ? `On ${expires}` : 'After seven days'
  console.log(`A sandbox of Stripe’s. ${end} it ends with all that is in it, unless you claim it:`)
  console.log('`stripe sandbox claim`, and then a key of the account in the place of this one.')
  const about = `Of a sandbox that the Stripe CLI made. ${end} it ends, unless it is claimed.`
  const keys = [{ name: 'STRIPE_SECRET_KEY', value: secretKey, about }]
  // Set to nothing it stays so: then cards are left on Stripe's own page.
  const name = 'NEXT_PUBLIC_STRIPE_PUBLISHABLE_KEY'
  if (!publishableKey || process.env[name] !== undefined) return keys
  return [...keys, { name, value: publishableKey, about: 'Of the same sandbox.' }]
}
