import { setTimeout as sleep } from 'node:timers/promises'
import { db } from '@/db/client'
import {
  type CheckoutIntent,
  findOpenIntent,
  insertIntent,
  updateIntentSession,
} from '@/db/queries/checkout-intents'
import { type Actor, userIdOf } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import type { Interval, PaidTier } from '@/lib/catalog/plans'
import { ensureCustomer } from '@/lib/customers/ensure'
import { Conflict, NotFound } from '@/lib/errors'
import type { CustomerId } from '@/lib/ids'
import { isTerminal } from '@/lib/status'
import { expireCheckoutSession } from '@/lib/stripe/checkout-sessions'
import { listSubscriptions } from '@/lib/stripe/subscriptions'
import { productionPorts } from '@/lib/sync/production-ports'
import { syncCustomer } from '@/lib/sync/sync-customer'
import { openSession } from './open-session'
import { releaseIntent } from './release-intent'

export type Choice = { tier: PaidTier; interval: Interval }
export type Started = { kind: 'checkout'; url: string } | { kind: 'change_plan' }

// Two people in one account, or two tabs, can replace each other's choice; more rounds than this is a loop.
const ROUNDS = 4

/**
 * Sends a user to Stripe to pay for a plan. One open session per user: the same choice again gives
 * the same page, another choice expires the first, and fifty clicks at once make one session.
 * A user with a living subscription is sent to change it instead of buying a second.
 * @throws {Conflict} the choice kept changing under us
 * @throws {Unavailable} Stripe does not answer
 */
export async function startCheckout(actor: Actor, choice: Choice): Promise<Started> {
  const customerId = await ensureCustomer(actor, userIdOf(actor))
  try {
    return await startFor(actor, customerId, choice)
  } catch (error) {
    if (!(error instanceof NotFound)) throw error
    // Stripe does not have this customer. If it was deleted there, its user gets a new one.
    await syncCustomer(productionPorts(), customerId, actor, { customer: true })
    const next = await ensureCustomer(actor, userIdOf(actor))
    if (next === customerId) throw error
    return startFor(actor, next, choice)
  }
}

async function startFor(actor: Actor, customerId: CustomerId, choice: Choice): Promise<Started> {
  const subscriptions = await listSubscriptions(customerId)
  if (subscriptions.some(({ status }) => !isTerminal(status))) return { kind: 'change_plan' }

  for (let round = 0; round < ROUNDS; round += 1) {
    const { intent, created } = await openIntent(actor, customerId, choice)
    const same = intent.tier === choice.tier && intent.interval === choice.interval
    const url = same ? await openUrl(actor, customerId, intent, created) : null
    if (url) return { kind: 'checkout', url }
    if ((await releaseIntent(actor, customerId, intent)) === 'paid') return { kind: 'change_plan' }
  }
  throw new Conflict('Another checkout is being opened for this account. Try again in a moment.')
}

async function openIntent(actor: Actor, customerId: CustomerId, choice: Choice) {
  const userId = userIdOf(actor)
  for (let round = 0; round < ROUNDS; round += 1) {
    const created = await db().transaction(async (tx) => {
      const intent = await insertIntent(tx, { userId, ...choice })
      if (intent) {
        const after = { intent: intent.id, ...choice }
        await recordAudit(tx, actor, { scope: customerId, action: 'checkout.start', after })
      }
      return intent
    })
    const intent = created ?? (await findOpenIntent(userId))
    if (intent) return { intent, created: created !== null }
  }
  throw new Conflict('Another checkout is being closed for this account. Try again in a moment.')
}

// The page of an open session; null when the session can no longer be paid.
async function openUrl(
  actor: Actor,
  customerId: CustomerId,
  intent: CheckoutIntent,
  created: boolean,
) {
  const current = created ? intent : await settled(intent)
  const session = await openSession(userIdOf(actor), customerId, current)
  // A session of an earlier customer is nobody's any more.
  if (session.status !== 'open' || session.customerId !== customerId) return null
  if (current.sessionId === session.id) return session.url
  const kept = await db().transaction((tx) => updateIntentSession(tx, intent.id, session))
  if (kept) return session.url
  // Another choice closed the intent while Stripe was answering: this page must not be payable.
  await expireCheckoutSession(session.id)
  return null
}

// Whoever made the intent is asking Stripe right now: give it two seconds before asking the same again.
async function settled(intent: CheckoutIntent): Promise<CheckoutIntent> {
  let current: CheckoutIntent | null = intent
  for (let waited = 0; waited < 2_000 && current?.id === intent.id; waited += 50) {
    if (current.sessionId) return current
    await sleep(50)
    current = await findOpenIntent(intent.userId)
  }
  return intent
}
