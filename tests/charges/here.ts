import { createServer } from 'node:http'
import Stripe from 'stripe'
import { replaceStripeClient } from '@/lib/stripe/client'
import type { Account } from '@/tests/money/account'
import { answersFrom } from '@/tests/money/http-client'

/** A Stripe in this process: the application's client speaks to the account that is here, without a socket. */
export type Here = {
  enter(account: Account): Stripe
  stop(): void
}

/** Call it before anything reads the environment: business goes by the clock of the account that is here. */
export async function openHere(): Promise<Here> {
  let now = () => Math.floor(Date.now() / 1000)
  // The one thing that is asked over a wire, as of every sandbox.
  const clock = createServer((_, answer) => answer.end(JSON.stringify({ now: now() })))
  await new Promise<void>((listening) => clock.listen(0, '127.0.0.1', listening))
  const address = clock.address()
  if (typeof address !== 'object' || !address) throw new Error('The clock has no port.')
  process.env.STRIPE_API_BASE = `http://127.0.0.1:${address.port}`
  // No sync waits for its turn: this Stripe is no one else's.
  process.env.STRIPE_READS_PER_SECOND = '1000000'
  return {
    enter(account) {
      now = account.sandbox.clock.now
      const httpClient = answersFrom(() => account.sandbox)
      const stripe = new Stripe('sk_test_lives', {
        ...{ httpClient, telemetry: false, maxNetworkRetries: 0 },
      })
      replaceStripeClient(stripe)
      return stripe
    },
    stop: () => void clock.close(),
  }
}
