import { and, eq, like } from 'drizzle-orm'
import type Stripe from 'stripe'
import { db } from '@/db/client'
import { outbox } from '@/db/schema/events'
import { isHandled } from '@/lib/events/handlers'
import { Mail } from '@/lib/mail/mail'
import { deliverNotifications } from '@/lib/outbox/deliver-notification'
import { deliver, settle } from '@/lib/reconcile/subscribers.fixture'
import { productionPorts } from '@/lib/sync/production-ports'
import type { Customer } from './sign-up'

/** An email to a customer. `about`: the id of what it is about, such as an invoice. */
export type Email = Mail & { key: string; about: string }

/** What Stripe has to say arrives, and is read and written about; answers the emails that are new. */
export function postOf(customer: Customer): () => Promise<Email[]> {
  const { account, customerId, userId } = customer
  let heard = 0
  const seen = new Set<string>()
  return async () => {
    const events = [...account.sandbox.store.all('event')]
    const news = events.slice(heard).filter((event) => isNews(event, customerId))
    heard = events.length
    for (const event of news) await deliver(event)
    if (news.length > 0) await settle()
    while ((await deliverNotifications(productionPorts().clock, BATCH)) === BATCH);
    const rows = await db()
      .select()
      .from(outbox)
      .where(and(eq(outbox.kind, 'mail'), like(outbox.key, `%:owner:${userId}`)))
      .orderBy(outbox.createdAt, outbox.key)
    const fresh = rows.filter(({ key }) => !seen.has(key))
    for (const { key } of fresh) seen.add(key)
    return fresh.map(({ key, payload }) => ({ ...Mail.parse(payload), key, about: objectOf(key) }))
  }
}

const BATCH = 20

function isNews({ type, data }: Stripe.Event, customer: string): boolean {
  const { object } = data
  const of = 'customer' in object ? object.customer : null
  const id = 'id' in object ? object.id : null
  return isHandled(type) && (of === customer || id === customer)
}

function objectOf(key: string): string {
  return /:((?:in|sub|cs)_\w+)/.exec(key)?.[1] ?? ''
}
