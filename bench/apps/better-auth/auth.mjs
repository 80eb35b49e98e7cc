import { stripe } from '@better-auth/stripe'
import { betterAuth } from 'better-auth'
import pg from 'pg'
import Stripe from 'stripe'

export const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 })

// As its documentation says, with the limit of requests off: Stripe would meet it.
export const auth = betterAuth({
  secret: 'a secret of the bench and nothing else',
  baseURL: 'http://localhost',
  database: pool,
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  plugins: [
    stripe({
      stripeClient: new Stripe('sk_test_bench'),
      stripeWebhookSecret: process.env.WEBHOOK_SECRET,
      subscription: { enabled: true, plans: [{ name: 'pro', priceId: process.env.PRICE }] },
    }),
  ],
})
