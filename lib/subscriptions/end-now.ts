import { z } from 'zod'
import { type Actor, userIdOf, workspaceIdOf } from '@/lib/audit/actor'
import { SELF_SERVICE, type SelfService } from '@/lib/catalog/self-service'
import { PATIENCE, within } from '@/lib/deadline'
import { env } from '@/lib/env'
import { Conflict, NotFound, Unavailable } from '@/lib/errors'
import { parseSubscriptionId } from '@/lib/ids'
import type { Leaving } from '@/lib/leaving'
import { failureText, log } from '@/lib/log'
import type { Money } from '@/lib/money'
import { countRead, mayRead } from '@/lib/redis/person-reads'
import { seal, unseal } from '@/lib/seal'
import { cancelSubscriptionNow } from '@/lib/stripe/cancel-subscription'
import { refundableOf, refundPart } from '@/lib/stripe/refund-part'
import { previewUnused } from '@/lib/stripe/unused-time'
import { productionPorts } from '@/lib/sync/production-ports'
import { carryOut } from './carry-out'
import { type Own, requireOwnSubscription, shownStatusOf } from './own-subscription'
import { paidForPeriod } from './refund-period'

/** What ending a plan at once sends back, and the text for the form, so that nothing else is done. */
export type EndNow = { refund: Money; offer: string }

// For so long the instant from which time is not used is valid; a user who takes longer sees a new one.
const MAX_AGE_MS = 15 * 60_000

const Offer = z.object({
  subscription: z.string(),
  /** Milliseconds of business time. */
  at: z.number(),
  refund: z.number(),
  currency: z.string(),
})

/**
 * What the actor is offered where `lib/catalog/self-service.ts` lets customers end a plan at once;
 * null where it does not, or Stripe does not say.
 */
export async function readEndNow(
  actor: Actor,
  { endNow: how }: SelfService = SELF_SERVICE,
): Promise<EndNow | null> {
  if (how === 'off' || !(await mayRead(userIdOf(actor))).allowed) return null
  try {
    return await within(PATIENCE.stripe, async () => {
      const own = await requireOwnSubscription(actor)
      if (!isPaidFor(own)) return null
      const at = await productionPorts().clock.now()
      const refund = {
        amount: await refundAt(own, at, how),
        currency: own.subscription.currency,
      }
      const { amount, currency } = refund
      const shown = {
        subscription: own.subscription.id,
        at: at.getTime(),
        refund: amount,
        currency,
      }
      return { refund, offer: seal(shown, bindingOf(actor)) }
    })
  } catch (error) {
    if (!(error instanceof Unavailable || error instanceof NotFound)) throw error
    log.warn({ error: failureText(error) }, 'a plan is not offered to be ended at once')
    return null
  }
}

/**
 * Ends a plan at once that is paid for, over the refund that its page showed: first the money goes back, so that a
 * second try after a crash finds the plan, and sends nothing twice.
 * @throws {Conflict} it is not offered, the offer is over, or it sends back another amount by now
 */
export async function endNow(
  actor: Actor,
  own: Own,
  { offer, ...why }: Leaving & { offer: string },
  { endNow: how }: SelfService = SELF_SERVICE,
): Promise<void> {
  if (how === 'off' || !isPaidFor(own)) throw new Conflict('plan_moved_on')
  const shown = Offer.safeParse(unseal(offer, bindingOf(actor), MAX_AGE_MS)).data
  if (!shown || shown.subscription !== own.subscription.id) throw new Conflict('offer_over')
  const { refund, currency } = shown
  const id = parseSubscriptionId(shown.subscription)
  if ((await refundAt(own, new Date(shown.at), how)) !== refund)
    throw new Conflict('amount_changed')
  const after = {
    subscription: id,
    feedback: why.feedback,
    refund: refund > 0,
    amount: refund,
    currency,
  }
  const action = 'subscription.request_cancel_now'
  await carryOut(actor, own.customerId, { action, after }, async () => {
    const part = { amount: refund, mark: markOf(own, new Date(shown.at)) }
    if (refund > 0) await refundPart(await paidForPeriod(own.subscription), part)
    await cancelSubscriptionNow(id, why)
  })
}

// What is not paid for ends at once anyway, and has nothing to send back.
function isPaidFor(own: Own): boolean {
  return ['active', 'trialing'].includes(shownStatusOf(own))
}

// At most what came in: what credit paid for does not go back as money.
async function refundAt(own: Own, at: Date, how: SelfService['endNow']): Promise<number> {
  const { id } = own.subscription
  if (how !== 'refund_unused' || shownStatusOf(own) !== 'active') return 0
  countRead()
  const [unused, invoices] = await Promise.all([
    previewUnused(id, at),
    paidForPeriod(own.subscription),
  ])
  return Math.min(unused, await refundableOf(invoices, markOf(own, at)))
}

// Stripe counts in seconds.
function markOf({ subscription }: Own, at: Date): string {
  return `end_now:${subscription.id}:${Math.floor(at.getTime() / 1000)}`
}

function bindingOf(actor: Actor) {
  const owner = workspaceIdOf(actor)
  return { purpose: 'end_now', secret: env().auth.secret, owner, now: Date.now() }
}
