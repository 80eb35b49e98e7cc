import type Stripe from 'stripe'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { FACTS, type HandledEvent, handledEvents, isHandled, NOTIFIED } from './handlers'

describe('what Stripe is asked to send', () => {
  it('covers a subscription’s life, its payments, the checkout and the customer’s end', () => {
    expect(handledEvents.toSorted()).toEqual([
      'charge.dispute.closed',
      'charge.dispute.created',
      'charge.dispute.funds_reinstated',
      'charge.dispute.funds_withdrawn',
      'charge.refunded',
      'checkout.session.async_payment_failed',
      'checkout.session.async_payment_succeeded',
      'checkout.session.completed',
      'checkout.session.expired',
      'customer.deleted',
      'customer.subscription.created',
      'customer.subscription.deleted',
      'customer.subscription.paused',
      'customer.subscription.pending_update_applied',
      'customer.subscription.pending_update_expired',
      'customer.subscription.resumed',
      'customer.subscription.trial_will_end',
      'customer.subscription.updated',
      'customer.updated',
      'entitlements.active_entitlement_summary.updated',
      'invoice.finalization_failed',
      'invoice.marked_uncollectible',
      'invoice.paid',
      'invoice.payment_action_required',
      'invoice.payment_failed',
      'invoice.voided',
      'payment_method.attached',
      'payment_method.automatically_updated',
      'payment_method.detached',
      'payment_method.updated',
      'price.created',
      'price.deleted',
      'price.updated',
      'product.created',
      'product.deleted',
      'product.updated',
      'radar.early_fraud_warning.created',
      'refund.created',
      'refund.failed',
      'refund.updated',
      'subscription_schedule.aborted',
      'subscription_schedule.canceled',
      'subscription_schedule.completed',
      'subscription_schedule.created',
      'subscription_schedule.expiring',
      'subscription_schedule.released',
      'subscription_schedule.updated',
    ])
  })

  it.each(['invoice.created', '*', '', 'toString', '__proto__'])('does not include %j', (type) => {
    expect(isHandled(type)).toBe(false)
    expect(FACTS.get(type)).toBeUndefined()
  })

  it('all exist: the SDK has a type for each', () => {
    expectTypeOf<HandledEvent>().toExtend<Stripe.Event['type']>()
  })

  it('are facts where they report money or a promise, and nowhere else', () => {
    expect([...FACTS.keys()].toSorted()).toEqual([
      'charge.dispute.closed',
      'charge.dispute.created',
      'charge.dispute.funds_reinstated',
      'charge.dispute.funds_withdrawn',
      'checkout.session.async_payment_failed',
      'customer.subscription.trial_will_end',
      'invoice.finalization_failed',
      'invoice.marked_uncollectible',
      'invoice.paid',
      'invoice.payment_action_required',
      'invoice.payment_failed',
      'invoice.voided',
      'radar.early_fraud_warning.created',
      'refund.created',
      'refund.failed',
    ])
  })

  it('cause an email only about a fact, which has one key for ever', () => {
    for (const type of Object.keys(NOTIFIED)) expect(FACTS.has(type), type).toBe(true)
  })
})
