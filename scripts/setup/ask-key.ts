import { createInterface } from 'node:readline/promises'
import { NEEDED } from '@/lib/stripe/permissions'
import { checkKey } from './options'

/** A test key; or that a sandbox without an account is to be made, whose it is to be. */
export type AskedKey =
  | { kind: 'key'; key: string }
  | { kind: 'cli'; email: string | null }
  | { kind: 'none' }

/** Where a person sits. */
type Terminal = { stdin: NodeJS.ReadableStream; stdout: NodeJS.WritableStream }

/**
 * Asks a person for a test key, or, where Stripe's command line is there, whether it is to make a sandbox; nothing
 * when they go on with the local one. Asks again until it is an answer.
 */
export async function askKey(hasCli: boolean, terminal: Terminal = process): Promise<AskedKey> {
  const say = (line: string) => terminal.stdout.write(`${line}\n`)
  say('A test key of your Stripe account (dashboard.stripe.com/apikeys),')
  say(
    hasCli
      ? '`new` for a sandbox of Stripe that needs no account, made by the Stripe CLI, or'
      : '(with the Stripe CLI, `npm install --global @stripe/cli`, it can be a sandbox without an account) or',
  )
  say('nothing to go on with the local sandbox.')
  say(`A restricted key needs ${[...NEEDED.keys()].join(', ')};`)
  say('and to push the catalog: Products, Prices and Webhook Endpoints at Write.')
  for (;;) {
    const answer = await ask('Key: ', terminal)
    if (answer === '') return { kind: 'none' }
    if (hasCli && answer.toLowerCase() === 'new') {
      const email = await ask('Your email (nothing for the one of Git): ', terminal)
      return { kind: 'cli', email: email || null }
    }
    try {
      checkKey(answer)
      return { kind: 'key', key: answer }
    } catch (error) {
      say(error instanceof Error ? error.message : String(error))
    }
  }
}

/** Whether a person agrees. */
export async function agrees(question: string, terminal: Terminal = process): Promise<boolean> {
  return /^(y(es)?)?$/i.test(await ask(`${question} [Y/n] `, terminal))
}

async function ask(question: string, { stdin, stdout }: Terminal): Promise<string> {
  const terminal = createInterface({ input: stdin, output: stdout })
  try {
    return (await terminal.question(question)).trim()
  } finally {
    terminal.close()
  }
}
