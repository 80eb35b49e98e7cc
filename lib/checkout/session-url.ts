import { setTimeout as sleep } from 'node:timers/promises'
import { inTransaction } from '@/db/client'
import {
  type CheckoutIntent,
  findOpenIntent,
  updateIntentSession,
} from '@/db/queries/checkout-intents'
import { type Actor, workspaceIdOf } from '@/lib/audit/actor'
import { type CheckoutUi, env } from '@/lib/env'
import { Unavailable } from '@/lib/errors'
import type { CustomerId } from '@/lib/ids'
import type { CheckoutSessionSnapshot } from '@/lib/stripe/checkout-session-snapshot'
import { expireCheckoutSession } from '@/lib/stripe/checkout-sessions'
import { type OpenedSession, openSession } from './open-session'

// The request that made the intent is asking Stripe right now: this long before asking the same again.
const PATIENCE_MS = 2_000
const POLL_MS = 50

// An intent that has no session by now lost its maker. Stripe keeps the answer to a key for a day, a
// failure included, so that a new intent is the way on.
const ABANDONED_MS = 5 * 60_000

type How = { created: boolean; ui: CheckoutUi }

/** The address of an intent's page; null when there is none that can be paid, and it must be released. */
export async function sessionUrl(
  actor: Actor,
  customerId: CustomerId,
  intent: CheckoutIntent,
  { created, ui }: How,
): Promise<string | null> {
  const current = created ? intent : await withSession(intent)
  if (!current.sessionId && current.age > ABANDONED_MS) return null
  const { session, payable } = await patiently(actor, customerId, current, { created, ui })
  if (!payable) return null
  if (current.sessionId === session.id) return pageOf(session)
  if (await inTransaction((tx) => updateIntentSession(tx, intent.id, session)))
    return pageOf(session)

  const open = await findOpenIntent(intent.workspaceId)
  if (open?.sessionId === session.id) return pageOf(session)
  // Another choice closed the intent while Stripe was answering: this page must not be payable.
  await expireCheckoutSession(session.id)
  return null
}

// What is shown within a page of ours has none at Stripe.
function pageOf({ id, url, clientSecret }: CheckoutSessionSnapshot): string | null {
  return url ?? (clientSecret && `${env().appUrl}/checkout/pay?session_id=${id}`)
}

async function patiently(
  actor: Actor,
  customerId: CustomerId,
  intent: CheckoutIntent,
  { created, ui }: How,
): Promise<OpenedSession> {
  try {
    return await openSession(workspaceIdOf(actor), customerId, intent, ui)
  } catch (error) {
    if (created || !(error instanceof Unavailable)) throw error
    // Stripe lets one request of a key through at a time: the maker of the intent is only slow.
    const noted = await withSession(intent)
    if (!noted.sessionId) throw error
    return openSession(workspaceIdOf(actor), customerId, noted, ui)
  }
}

async function withSession(intent: CheckoutIntent): Promise<CheckoutIntent> {
  let current: CheckoutIntent | null = intent
  for (let waited = 0; waited < PATIENCE_MS && current?.id === intent.id; waited += POLL_MS) {
    if (current.sessionId) return current
    await sleep(POLL_MS)
    current = await findOpenIntent(intent.workspaceId)
  }
  return intent
}
