import { parseArgs } from 'node:util'

export type SetupOptions = {
  /** Asks nothing, and does what it would propose. */
  yes: boolean
  /** A test key of Stripe's, secret or restricted. */
  key: string | null
  /** Has Stripe's command line make a sandbox without an account, unless a key stands already. */
  cliSandbox: boolean
  /** Whose that sandbox is to be; null for the address of Git's settings. */
  email: string | null
  /** The public address, when it is not this machine. */
  appUrl: string | null
  /** The file that is written. */
  file: string | null
}

/** The options of `npm run setup`. @throws a sentence about what cannot be meant */
export function readOptions(args: string[]): SetupOptions {
  const { values } = parseArgs({
    args,
    options: {
      yes: { type: 'boolean', default: false },
      'stripe-secret-key': { type: 'string' },
      'cli-sandbox': { type: 'boolean', default: false },
      email: { type: 'string' },
      'app-url': { type: 'string' },
      file: { type: 'string' },
    },
  })
  const key = values['stripe-secret-key'] ?? null
  if (key !== null) checkKey(key)
  const cliSandbox = values['cli-sandbox']
  if (cliSandbox && key !== null)
    throw new Error('--cli-sandbox makes a key, and --stripe-secret-key gives one. Leave one out.')
  const email = values.email ?? null
  if (email !== null && !cliSandbox)
    throw new Error('--email is for the sandbox that --cli-sandbox makes. Give both, or neither.')
  return {
    ...{ yes: values.yes, key, cliSandbox, email },
    ...{ appUrl: values['app-url'] ?? null, file: values.file ?? null },
  }
}

/** @throws a sentence: setup is for a machine where people try things, and takes no live key */
export function checkKey(key: string): void {
  if (/^(sk|rk)_live_/.test(key))
    throw new Error(
      'That is a live key. Setup takes a test key (sk_test_… or rk_test_…): live ones belong to the settings of your host, and `npm run stripe:push` brings the catalog.',
    )
  if (!/^(sk|rk|rkcs)_test_\w{4,}$/.test(key))
    throw new Error(
      'That is no key of Stripe. Take sk_test_… or rk_test_… from dashboard.stripe.com/apikeys.',
    )
}
