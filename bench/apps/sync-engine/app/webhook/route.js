import { StripeSync } from '@supabase/stripe-sync-engine'

const sync = new StripeSync({
  poolConfig: { connectionString: process.env.DATABASE_URL, max: 10 },
  stripeSecretKey: 'sk_test_bench',
  stripeWebhookSecret: process.env.WEBHOOK_SECRET,
})

export async function POST(request) {
  const payload = Buffer.from(await request.arrayBuffer())
  await sync.processWebhook(payload, request.headers.get('stripe-signature'))
  return Response.json({ received: true })
}
