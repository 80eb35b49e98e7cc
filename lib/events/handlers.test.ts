import { describe, expect, it } from 'vitest'
import { FACTS, handledEvents, isHandled } from './handlers'

describe('what Stripe is asked to send', () => {
  it('covers a subscription’s life, its payments, the checkout and the customer’s end', () => {
    expect(handledEvents.toSorted()).toEqual([
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
      'invoice.finalization_failed',
      'invoice.marked_uncollectible',
      'invoice.paid',
      'invoice.payment_action_required',
      'invoice.payment_failed',
      'invoice.voided',
    ])
  })

  it.each(['invoice.created', '*', '', 'toString', '__proto__'])('does not include %j', (type) => {
    expect(isHandled(type)).toBe(false)
    expect(FACTS.get(type)).toBeUndefined()
  })

  it('are facts where they tell of an invoice, and nowhere else', () => {
    expect([...FACTS.keys()]).toEqual(handledEvents.filter((type) => type.startsWith('invoice.')))
  })
})
