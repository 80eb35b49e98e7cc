import { createInterface } from 'node:readline/promises'
import { NEEDED } from '@/lib/stripe/permissions'
import { checkKey } from './options'

/** Asks a person for a test key; null when they go on with the sandbox. Asks again until it is a key. */
export async function askKey(): Promise<string | null> {
  console.log(
    'A test key of your Stripe account (dashboard.stripe.com/apikeys), or nothing to go on with the local sandbox.',
  )
  console.log(`A restricted key needs ${[...NEEDED.keys()].join(', ')};`)
  console.log('and to push the catalog: Products, Prices and Webhook Endpoints at Write.')
  for (;;) {
    const key = await ask('Key: ')
    if (key === '') return null
    try {
      checkKey(key)
      return key
    } catch (error) {
      console.log(error instanceof Error ? error.message : error)
    }
  }
}

/** Whether a person agrees. */
export async function agrees(question: string): Promise<boolean> {
  return /^(y(es)?)?$/i.test(await ask(`${question} [Y/n] `))
}

async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  try {
    return (await terminal.question(question)).trim()
  } finally {
    terminal.close()
  }
}
