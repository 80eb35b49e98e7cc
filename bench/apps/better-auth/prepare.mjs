import { getMigrations } from 'better-auth/db/migration'
import { auth, pool } from './auth.mjs'

const { runMigrations } = await getMigrations(auth.options)
await runMigrations()
// What it would have of these customers: they subscribed through it.
const people = JSON.parse(process.env.PEOPLE)
const column = (name) => people.map((person) => person[name])
await pool.query(
  `insert into "user" (id, name, email, "emailVerified", "stripeCustomerId", "createdAt", "updatedAt")
   select id, id, id || '@example.test', true, customer, now(), now()
   from unnest($1::text[], $2::text[]) as t (id, customer)`,
  [column('userId'), column('customerId')],
)
await pool.query(
  `insert into subscription (id, plan, "referenceId", "stripeCustomerId", "stripeSubscriptionId", status)
   select id, 'pro', id, customer, subscription, 'active'
   from unnest($1::text[], $2::text[], $3::text[]) as t (id, customer, subscription)`,
  [column('userId'), column('customerId'), column('subscriptionId')],
)
await pool.end()
