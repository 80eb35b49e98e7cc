import postgres from 'postgres'
import Stripe from 'stripe'

const stripe = new Stripe('sk_test_bench')
const sql = postgres(process.env.DATABASE_URL, { max: 10 })

/** The least that a webhook must do: verify with the SDK, and write one row with one statement. */
export async function POST(request) {
  const payload = await request.text()
  const signature = request.headers.get('stripe-signature')
  const event = stripe.webhooks.constructEvent(payload, signature, process.env.WEBHOOK_SECRET)
  await sql`insert into events (id, type, payload) values (${event.id}, ${event.type}, ${payload})
    on conflict (id) do nothing`
  return Response.json({ status: 'accepted' })
}
