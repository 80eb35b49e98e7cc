import { randomUUID } from 'node:crypto'
import type postgres from 'postgres'
import type Stripe from 'stripe'
import { BRAND } from '@/lib/brand'
import { ENTRY_PLAN, TOP_PLAN } from '@/lib/catalog/plans'
import type { Base } from './environment'

/**
 * A user who signed up, with a customer at Stripe for their own workspace, of which the application
 * has not heard yet.
 */
export type Person = { userId: string; customerId: string; session: string }

export type World = {
  stripe: Stripe
  /** Price ids by lookup key. */
  prices: Map<string, string>
  sql: postgres.Sql
}

/** The catalog as the sandbox has it, and a connection past every wire. */
export async function openWorld({ stripe }: Base, sql: postgres.Sql): Promise<World> {
  const { data } = await stripe.prices.list({ limit: 100 })
  return { stripe, sql, prices: new Map(data.map((price) => [`${price.lookup_key}`, price.id])) }
}

export async function signUp({ stripe, sql }: World): Promise<Person> {
  const [userId, session] = [randomUUID(), randomUUID()]
  await insertPerson(sql, userId)
  await sql`insert into sessions (token_hash, user_id, expires)
    values (encode(sha256(convert_to(${session}, 'UTF8')), 'hex'), ${userId}, now() + interval '1 day')`
  const metadata = { app: BRAND.stripe.app, env: 'test', workspace_id: userId }
  const { id } = await stripe.customers.create({ metadata })
  return { userId, session, customerId: id }
}

/** A user with their own workspace, as signing in makes them. */
export async function insertPerson(sql: postgres.Sql, id: string): Promise<void> {
  await sql`with person as (insert into users (id, email) values (${id}, ${`${id}@example.test`})),
    own as (insert into workspaces (id, kind) values (${id}, 'personal'))
    insert into memberships (workspace_id, user_id, role) values (${id}, ${id}, 'owner')`
}

/** A first purchase, by its subscription. With a card that declines it is incomplete, and its payment has failed. */
export async function buy(world: World, person: Person, card: Card = 'pm_card_visa') {
  const customer = person.customerId
  const { id } = await world.stripe.paymentMethods.attach(card, { customer })
  return world.stripe.subscriptions.create({
    customer,
    items: [{ price: priceOf(world, ENTRY_PLAN.lookupKeys.month) }],
    default_payment_method: id,
    metadata: { app: BRAND.stripe.app, env: 'test', workspace_id: person.userId },
  })
}

type Card = 'pm_card_visa' | 'pm_card_chargeCustomerFail'

/** To the larger plan, paid at once. */
export async function upgrade(world: World, person: Person) {
  const { id, items } = await subscriptionOf(world, person)
  const price = priceOf(world, TOP_PLAN.lookupKeys.month)
  await world.stripe.subscriptions.update(id, {
    items: [{ id: `${items.data[0]?.id}`, price }],
    proration_behavior: 'always_invoice',
  })
}

/** To an end when the paid period is over. */
export async function planEnd(world: World, person: Person) {
  const { id } = await subscriptionOf(world, person)
  await world.stripe.subscriptions.update(id, { cancel_at_period_end: true })
}

/** To an end at once. */
export async function cancel(world: World, person: Person) {
  await world.stripe.subscriptions.cancel((await subscriptionOf(world, person)).id)
}

async function subscriptionOf({ stripe }: World, { customerId: customer }: Person) {
  const { data } = await stripe.subscriptions.list({ customer, status: 'all', limit: 1 })
  if (!data[0]) throw new Error(`${customer} has bought nothing.`)
  return data[0]
}

function priceOf({ prices }: World, lookupKey: string): string {
  const id = prices.get(lookupKey)
  if (!id) throw new Error(`The sandbox has no price ${lookupKey}.`)
  return id
}
