import { createHash } from 'node:crypto'
import { findOpenMove } from '@/db/queries/price-moves'
import type { Actor } from '@/lib/audit/actor'
import { requirePlanAllowed } from '@/lib/entitlements/require-plan-allowed'
import { Conflict, Invalid } from '@/lib/errors'
import { leave } from '@/lib/price-moves/carry-out'
import { readHowPaid } from '@/lib/stripe/how-paid'
import { changeLater, changeNow, changeOnTrial } from '@/lib/stripe/plan-changes'
import { readRefusedPayment } from '@/lib/stripe/refused-payment'
import { releaseSchedule } from '@/lib/stripe/schedules'
import { authorizeBilling } from '@/lib/workspaces/authorize'
import { carryOut } from './carry-out'
import { type Change, changeOf } from './change-of'
import { type Offer, openOffer } from './offer'
import { type Own, requireOwnSubscription } from './own-subscription'
import { previewOf } from './preview-of'

export type Changed =
  // At once, at the end of what is paid for, or once the money of a bank debit is there.
  | { kind: 'changed' | 'planned' | 'waits' }
  // The bank asks its customer, which Stripe's page of the invoice does; until then the plan stays as it is.
  | { kind: 'confirm'; url: string }

/**
 * Makes the change of plan that was offered, if it still comes to what was shown: upgrades at once and paid
 * first, the rest at the end of what is paid for.
 * @throws {Forbidden} an operator withholds plans from the workspace
 * @throws {Invalid} it charges something, and the user has not agreed to that
 * @throws {Conflict} the offer is over, the plan is another by now, or the amount is
 * @throws {PaymentRequired} the bank said no, and the plan stays as it is
 * @throws {NotFound} there is no plan, or it has ended
 */
export async function changePlan(
  actor: Actor,
  { offer: text, agreed }: { offer: string; agreed: boolean },
): Promise<Changed> {
  const workspaceId = await authorizeBilling(actor)
  const offer = openOffer(text, workspaceId)
  if (!offer) throw new Conflict('offer_over')
  if (offer.when === 'now' && offer.due > 0 && !agreed) throw new Invalid('not_agreed')
  await requirePlanAllowed(workspaceId)
  const own = await requireOwnSubscription(actor)
  const done = await doneBefore(own, offer)
  if (done) return { kind: done }
  const change = await changeOf(own, offer, new Date(offer.at))
  await requireSame(offer, change)
  const { tier, interval, when, due, currency } = offer
  const after = { subscription: change.subscription, tier, interval, when, due, currency }
  const intent = { action: 'subscription.request_change', after } as const
  const { scheduleId } = own.subscription
  let open: Awaited<ReturnType<typeof make>>
  try {
    open = await carryOut(actor, own.customerId, intent, () =>
      make(actor, change, scheduleId, keyOf(text, own)),
    )
  } catch (error) {
    // Another tab has planned it at the same moment, perhaps the same.
    const raced = error instanceof Conflict && (await requireOwnSubscription(actor))
    const planned = raced && (await doneBefore(raced, offer))
    if (!planned) throw error
    return { kind: planned }
  }
  if (!open) return { kind: when === 'period_end' ? 'planned' : 'changed' }
  const { isOrdered, error, payUrl } = await readRefusedPayment(open.invoice)
  if (isOrdered) return { kind: 'waits' }
  // An invoice that is sent to be paid is open, and nothing waits for it.
  if (!open.pending) return { kind: 'changed' }
  if (error.reason === 'card_unconfirmed' && payUrl) return { kind: 'confirm', url: payUrl }
  throw error
}

// By another tab, or by the same form: what was agreed to is so already.
async function doneBefore({ billing, subscription }: Own, offer: Offer) {
  if (billing.waitsFor === offer.tier && billing.interval === offer.interval) return 'waits'
  if (billing.plan === offer.tier && billing.interval === offer.interval) return 'changed'
  if (offer.when !== 'period_end' || !subscription.scheduleId) return null
  const { change } = await readHowPaid(subscription.id)
  return change?.kind === 'planned' && change.price.id === offer.price ? 'planned' : null
}

// Shown and charged are reckoned from the same instant: what differs is another price, discount, tax or credit.
async function requireSame(offer: Offer, change: Change): Promise<void> {
  const { when, before, price, quantity } = change
  const moved = when !== offer.when || before !== offer.before || quantity !== offer.quantity
  if (moved) throw new Conflict('plan_moved_on')
  const { due, total, currency } = await previewOf(change)
  const same =
    price === offer.price &&
    due === offer.due &&
    total === offer.total &&
    currency === offer.currency
  if (!same) throw new Conflict('amount_changed')
}

async function make(actor: Actor, change: Change, scheduleId: string | null, key: string) {
  // What was planned before does not follow any more; Stripe takes no change beside a schedule.
  if (scheduleId) await releaseSchedule(scheduleId)
  // Their own choice counts, also one whose day is still to come and that shows in no record until then.
  const move = scheduleId && (await findOpenMove(change.subscription))
  if (move) await leave(actor, move, 'changed_plan')
  switch (change.when) {
    case 'now':
      return changeNow(change, key)
    case 'on_trial':
      await changeOnTrial(change)
      return null
    case 'period_end':
      await changeLater(change, change.before)
      return null
  }
}

// The same form sent twice is one change; with another card it is another try.
function keyOf(offer: string, { subscription: { paymentMethod } }: Own): string {
  const card = paymentMethod.own ?? paymentMethod.customers
  return createHash('sha256').update(`${offer} ${card}`).digest('hex')
}
