import type { CheckoutIntent } from '@/db/queries/checkout-intents'
import { CHECKOUT_POLICY } from '@/lib/catalog/checkout-policy'
import { readChoice } from '@/lib/catalog/parse-choice'
import { PLANS } from '@/lib/catalog/plans'
import { priceForTier } from '@/lib/catalog/price-for-tier'
import { TRIAL_POLICY } from '@/lib/catalog/trial-policy'
import { type CheckoutUi, env } from '@/lib/env'
import { Invalid, NotFound } from '@/lib/errors'
import type { CheckoutSessionId, CustomerId, WorkspaceId } from '@/lib/ids'
import { countRead } from '@/lib/redis/person-reads'
import type { CheckoutSessionSnapshot } from '@/lib/stripe/checkout-session-snapshot'
import { createCheckoutSession, retrieveCheckoutSession } from '@/lib/stripe/checkout-sessions'
import { type CheckoutTerms, nameTerms } from '@/lib/stripe/checkout-terms'
import { productionPorts } from '@/lib/sync/production-ports'
import { offeredTrialDays } from '@/lib/trials/offered'
import { boundCurrency } from './currency'

/** A session of an intent, and whether it can be paid on the terms that hold now. */
export type OpenedSession = { session: CheckoutSessionSnapshot; payable: boolean }

/**
 * The Checkout session of an intent: the one it has, or a new one. The idempotency key and every
 * parameter come from the intent and today's terms, so that a retry after a crash gets the very
 * same session.
 */
export async function openSession(
  workspaceId: WorkspaceId,
  customerId: CustomerId,
  intent: CheckoutIntent,
  ui: CheckoutUi,
): Promise<OpenedSession> {
  const making = termsOf(workspaceId, customerId, intent, ui)
  if (intent.sessionId) {
    const [session, terms] = await Promise.all([existing(intent.sessionId, customerId), making])
    return { session, payable: await isPayable(session, terms) }
  }
  const terms = await making
  const session = await createCheckoutSession({
    ...terms,
    intentId: intent.id,
    idempotencyKey: `checkout:${intent.id}:${customerId}:${nameTerms(terms)}`,
  })
  return { session, payable: session.status === 'open' }
}

async function termsOf(
  workspaceId: WorkspaceId,
  customerId: CustomerId,
  intent: CheckoutIntent,
  ui: CheckoutUi,
): Promise<CheckoutTerms> {
  const choice = readChoice(intent)
  if (!choice) throw new Invalid('plan_withdrawn')
  const { tier, interval } = choice
  const { appUrl } = env()
  const { trialWithoutCard } = PLANS[tier]
  countRead()
  const [priceId, trialDays, currency] = await Promise.all([
    priceForTier(tier, interval),
    offeredTrialDays(workspaceId, customerId, tier),
    boundCurrency(workspaceId, customerId, choice),
  ])
  return {
    customerId,
    priceId,
    workspaceId,
    tier,
    interval,
    ...(currency ? { currency } : {}),
    ...(trialDays > 0 ? { trialDays, ...(TRIAL_POLICY.again === 'charge' ? ONCE : {}) } : {}),
    ...(trialWithoutCard ? { trialWithoutCard } : {}),
    ...(intent.promotionCode ? { promotionCode: intent.promotionCode } : {}),
    policy: CHECKOUT_POLICY,
    ui,
    successUrl: `${appUrl}/checkout/return?session_id={CHECKOUT_SESSION_ID}`,
    cancelUrl: `${appUrl}/checkout/continue?${new URLSearchParams({ plan: tier, interval, left: '1' })}`,
  }
}

// It has to stand before the button: what a card had before shows only after it.
const ONCE = {
  submitText:
    'One trial per person and card. If you or this card had one before, the trial ends at once and the first period is charged.',
}

async function existing(
  id: CheckoutSessionId,
  customerId: CustomerId,
): Promise<CheckoutSessionSnapshot> {
  countRead()
  const session = await retrieveCheckoutSession(id)
  // Its page would still open, and fail at the payment.
  const gone = session.customerDeleted && session.customerId === customerId
  if (gone) throw new NotFound('checkout_customer_gone')
  return session
}

// Stripe sells an open session as it was made, whatever became of its price, trial or code since.
async function isPayable(session: CheckoutSessionSnapshot, terms: CheckoutTerms): Promise<boolean> {
  // A session of an earlier customer belongs to no customer any more.
  if (session.status !== 'open' || session.customerId !== terms.customerId) return false
  if (session.terms !== nameTerms(terms)) return false
  const { discount } = session
  if (!discount) return true
  const { clock } = productionPorts()
  return discount.holds && (discount.until === null || discount.until > (await clock.now()))
}
