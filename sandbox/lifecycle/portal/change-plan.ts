import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { dueAfterBalance } from '@/sandbox/lifecycle/invoice/minimum-charge'
import { declineOf } from '@/sandbox/lifecycle/payment/decline'
import { intervalsOf } from '@/sandbox/lifecycle/schedule/phase-items'
import { applyChange } from '@/sandbox/lifecycle/subscription/apply-change'
import { methodOf } from '@/sandbox/lifecycle/subscription/method'
import { nextBillingAt } from '@/sandbox/lifecycle/subscription/period'
import {
  type PlannedChange,
  type ProrationBehavior,
  planChange,
} from '@/sandbox/lifecycle/subscription/plan-change'
import { previewChangeInvoice } from '@/sandbox/lifecycle/subscription/preview'
import type { Sandbox } from '@/sandbox/sandbox'
import type { Tx } from '@/sandbox/store/transaction'
import { adjustsOf, choicesFor, planView } from './choices'
import { ownSubscription } from './own-subscription'
import type { PortalPlan } from './portal-view'
import { scheduleChange, waitsForPeriodEnd } from './schedule-change'
import { requireFeature, type Visit, visit } from './visit'

export interface ChangePreview {
  /** Pass it to `changePlan`, so that the charge is the one that was shown. */
  prorationDate: number
  /** What is charged now; a credit is 0. Integer minor units. */
  amountDue: number
  total: number
  /** What is owed now and too little to be charged: it comes with the next invoice. */
  carried: number
  currency: string
  lines: { description: string; amount: number }[]
  plan: PortalPlan
  quantity: number
  /** Whether it waits for the end of the period instead of happening now. */
  waits: boolean
  /** What the next invoice asks for, after discounts and credit. */
  nextAmount: number
  nextBillingAt: number
}

export type ChangeResult =
  | { kind: 'changed' }
  | { kind: 'scheduled' }
  | { kind: 'declined'; message: string; declineCode: string }

/** What changing to another of the offered prices would cost. Nothing is changed. */
export function previewChange(
  sandbox: Sandbox,
  token: string,
  subscriptionId: string,
  priceId: string,
  wanted?: number,
): ChangePreview {
  return sandbox.changeFor(token, (tx) => {
    const { plan, planned, behavior, quantity, waits } = prepare(
      tx,
      token,
      subscriptionId,
      priceId,
      tx.now,
      wanted,
    )
    const subscription = tx.get('subscription', subscriptionId)
    const now = !waits && (behavior === 'always_invoice' || planned.restarts)
    const invoice = previewChangeInvoice(tx, subscription, planned, behavior)
    const next = {
      ...subscription,
      billing_cycle_anchor: planned.anchor,
      items: { ...subscription.items, data: planned.items },
    }
    return {
      prorationDate: planned.at,
      amountDue: now ? invoice.amount_due : 0,
      total: now ? invoice.total : 0,
      carried: now ? Math.max(0, invoice.ending_balance ?? 0) : 0,
      currency: invoice.currency,
      lines: now
        ? invoice.lines.data.map(({ description, amount }) => ({
            description: description ?? '',
            amount,
          }))
        : [],
      plan,
      quantity,
      waits,
      nextAmount: waits
        ? afterWait(tx, subscription, tx.get('price', plan.price), quantity)
        : now
          ? dueAfterBalance(
              previewChangeInvoice(tx, next, null, 'none'),
              invoice.ending_balance ?? 0,
            ).due
          : invoice.amount_due,
      nextBillingAt: nextBillingAt(waits ? subscription : next),
    }
  })
}

/** Changes to another of the offered prices and charges what that costs now. A refused card changes nothing. */
export function changePlan(
  sandbox: Sandbox,
  token: string,
  subscriptionId: string,
  priceId: string,
  prorationDate?: number,
  wanted?: number,
): ChangeResult {
  return sandbox.changeFor(token, (tx) => {
    const { plan, planned, behavior, quantity, waits } = prepare(
      tx,
      token,
      subscriptionId,
      priceId,
      prorationDate ?? tx.now,
      wanted,
    )
    const subscription = tx.get('subscription', subscriptionId)
    if (waits) {
      scheduleChange(tx, subscriptionId, tx.get('price', plan.price), quantity)
      return { kind: 'scheduled' }
    }
    const preview = previewChangeInvoice(tx, subscription, planned, behavior)
    const charges = (behavior === 'always_invoice' || planned.restarts) && preview.amount_due > 0
    const decline = charges
      ? declineOf(tx, methodOf(tx, subscription), { present: true, authenticated: true })
      : null
    if (decline)
      return { kind: 'declined', message: decline.message, declineCode: decline.declineCode }
    applyChange(tx, sandbox.settings, subscriptionId, planned, behavior, {
      present: true,
      authenticated: true,
    })
    return { kind: 'changed' }
  })
}

/** What the first invoice asks for after a change that waits for the end of the period. */
function afterWait(
  tx: Tx,
  subscription: Readonly<Stripe.Subscription>,
  price: Readonly<Stripe.Price>,
  quantity: number,
): number {
  const start = nextBillingAt(subscription)
  const data = subscription.items.data.map((item) => ({ ...item, price, quantity }))
  const same = intervalsOf(data) === intervalsOf(subscription.items.data)
  const anchor = same ? subscription.billing_cycle_anchor : start
  const next = {
    ...subscription,
    billing_cycle_anchor: anchor,
    items: { ...subscription.items, data },
  }
  return previewChangeInvoice(tx, next, null, 'none').amount_due
}

interface Prepared {
  plan: PortalPlan
  planned: PlannedChange
  behavior: ProrationBehavior
  quantity: number
  waits: boolean
}

function prepare(
  tx: Tx,
  token: string,
  subscriptionId: string,
  priceId: string,
  at: number,
  wanted: number | undefined,
): Prepared {
  const guest = visit(tx, token)
  requireFeature(guest, 'subscription_update')
  const subscription = ownSubscription(tx, guest, subscriptionId)
  const [item] = subscription.items.data
  const quantity = wanted ?? item?.quantity ?? 1
  if (quantity !== (item?.quantity ?? 1)) requireAdjusts(guest, subscription, quantity)
  const offered =
    item?.price.id === priceId && quantity !== (item.quantity ?? 1)
      ? item.price.id
      : choicesFor(tx, guest, subscription).find(({ price }) => price === priceId)?.price
  if (!offered || !item)
    throw ApiError.invalid(`This portal does not offer a change to '${priceId}'.`)
  const behavior = behaviorOf(guest.configuration.features.subscription_update.proration_behavior)
  const change = { id: item.id, price: priceId, quantity }
  const from = Math.max(item.current_period_start, Math.min(at, tx.now))
  return {
    plan: planView(tx, tx.get('price', offered), subscription.currency, quantity),
    planned: planChange(tx, subscription, [change], { at: from, behavior }),
    behavior,
    quantity,
    waits: waitsForPeriodEnd(guest, subscription, tx.get('price', priceId)),
  }
}

function requireAdjusts(
  guest: Visit,
  subscription: Readonly<Stripe.Subscription>,
  quantity: number,
) {
  const { minimum = 1, maximum = 0 } = adjustsOf(guest, subscription) ?? {}
  if (Number.isInteger(quantity) && quantity >= minimum && quantity <= maximum) return
  throw ApiError.invalid(`Choose a quantity from ${minimum} to ${maximum}.`)
}

function behaviorOf(configured: string): ProrationBehavior {
  return (
    (['create_prorations', 'always_invoice'] as const).find((word) => word === configured) ?? 'none'
  )
}
