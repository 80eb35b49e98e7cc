import { listEntries } from '@/db/queries/outbox'
import { COLLECTION_POLICY } from '@/lib/catalog/collection-policy'
import { isHandled } from '@/lib/events/handlers'
import { collectDue } from '@/lib/invoices/collect'
import {
  advance,
  deliver,
  type News,
  newsOf,
  type Subscriber,
  settle,
} from '@/lib/reconcile/subscribers.fixture'
import { stripeClient } from '@/lib/stripe/client'
import { productionPorts } from '@/lib/sync/production-ports'
import { endSubscription } from '@/sandbox/lifecycle/subscription/end'
import type { RunningSandbox } from '@/sandbox/server'
import { deliverOutbox } from './deliver'

const DAY = 86_400

/** A Stripe whose events arrive, whose clock moves, and whose mails can be read, for one test file. */
export function historyOf(shop: RunningSandbox, news: News = newsOf(shop)) {
  const history = {
    /** The policy for what an ended subscription leaves; the catalog's own, unless a test says otherwise. */
    policy: COLLECTION_POLICY,
    /** Every event of Stripe arrives, targets and outbox are drained, and what that leaves goes out. */
    async arrive({ collects = true } = {}) {
      for (const event of news().filter(({ type }) => isHandled(type))) await deliver(event)
      await settle()
      if (!collects) return
      while ((await collectDue(history.policy)) > 0);
      await deliverOutbox(productionPorts().clock)
      // What that did at Stripe has events, too.
      if (news.waiting()) await history.arrive()
    },
    /** The same, some time later. */
    async later(days: number, hours = 0, options: { collects?: boolean } = {}) {
      await advance(shop, days * DAY + hours * 3600)
      await history.arrive(options)
    },
    /** The account's setting for what follows the last retry. */
    async afterRetries(what: 'cancel' | 'mark_unpaid' | 'leave' | 'pause') {
      const body = JSON.stringify({ after_retries: what })
      await fetch(`${shop.url}/_sandbox/settings`, { method: 'POST', body })
      history.policy = COLLECTION_POLICY
    },
    /** Ends each subscription, and no one hears of it: with time only the next test's customers are charged. */
    endAll() {
      shop.sandbox.change(null, (tx) => {
        for (const { id, status } of [...tx.all('subscription')])
          if (status !== 'canceled') endSubscription(tx, id, 'cancellation_requested')
      })
      news()
    },
    now: async () => (await productionPorts().clock.now()).getTime(),
  }
  return history
}

type Sent = { to: string; subject: string; text: string; link: string; unsubscribe?: string }

/** The emails to one person, oldest first; without the one that everyone gets who begins to pay, unless `welcome`. */
export async function emailsTo(
  { workspaceId }: Pick<Subscriber, 'workspaceId'>,
  { welcome = false } = {},
) {
  const mails = await listEntries('mail', 1000)
  return mails
    .map(({ payload }) => payload as Sent)
    .filter(({ to }) => to === `${workspaceId}@example.test`)
    .filter(({ subject }) => welcome || !subject.startsWith('Welcome to '))
    .toReversed()
}

/** From now on each charge goes to this payment method, by the name that Stripe's tests have for it. */
export async function chargeTo(
  { customerId, subscriptionId }: Pick<Subscriber, 'customerId' | 'subscriptionId'>,
  name: string,
): Promise<void> {
  const { id } = await stripeClient().paymentMethods.attach(name, { customer: customerId })
  await stripeClient().subscriptions.update(subscriptionId, { default_payment_method: id })
}
