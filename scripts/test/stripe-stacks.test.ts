import { readFileSync } from 'node:fs'
import Stripe from 'stripe'
import { expect, it } from 'vitest'

it('what fails at Stripe says which file had called, and an error of ours says its own line', async () => {
  // Nothing listens there.
  const stripe = new Stripe('sk_test_ledgerline', {
    ...{ host: '127.0.0.1', port: 1, protocol: 'http' },
    maxNetworkRetries: 0,
  })
  const failed = await stripe.customers.retrieve('cus_1').catch((error: unknown) => error)
  expect(failed).toHaveProperty('stack', expect.stringContaining('stripe-stacks.test.ts'))

  const { stack } = new Error('of ours')
  const lines = readFileSync(import.meta.filename, 'utf8').split('\n')
  const line = 1 + lines.findIndex((text) => text.includes("new Error('of ours')"))
  expect(stack).toContain(`stripe-stacks.test.ts:${line}:`)
})
