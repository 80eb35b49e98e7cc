/**
 * The events that Stripe is asked to send, each with the reason we listen. Whatever they say,
 * the answer is the same: look at the customer again. Some are also facts: things that
 * happened, whose history matters even if the state has long moved on.
 */
const HANDLERS = {
  // Checkout finished, paid or not: the subscription's status will tell which.
  'checkout.session.completed': {},
  // A bank debit that was under way at checkout arrived.
  'checkout.session.async_payment_succeeded': {},
  // … or did not: access must end.
  'checkout.session.async_payment_failed': {},
  // Nobody paid within a day: the open intent is released.
  'checkout.session.expired': {},
  // Covers checkout, portal, API and dashboard alike: whoever created it, we converge.
  'customer.subscription.created': {},
  // Plan, status, cancellation, period: anything about it changed.
  'customer.subscription.updated': {},
  // It ended; the customer may have another.
  'customer.subscription.deleted': {},
  // A trial ended without a card, or somebody paused it: access stops without a charge.
  'customer.subscription.paused': {},
  // Access returns.
  'customer.subscription.resumed': {},
  // Three days before a trial's end, or at once when it was shortened.
  'customer.subscription.trial_will_end': {},
  // An upgrade that waited for its payment went through.
  'customer.subscription.pending_update_applied': {},
  // … or lapsed: the old plan stands.
  'customer.subscription.pending_update_expired': {},
  // Money arrived; also for zero, and out of band.
  'invoice.paid': { fact: { perAttempt: false } },
  // One attempt failed: dunning starts or goes on, and each attempt is told once.
  'invoice.payment_failed': { fact: { perAttempt: true } },
  // The bank wants its customer to confirm a renewal.
  'invoice.payment_action_required': { fact: { perAttempt: true } },
  // The invoice cannot be made (often a tax address): the subscription runs unbilled until somebody looks.
  'invoice.finalization_failed': { fact: { perAttempt: false } },
  // Written off: a past-due subscription may become active again.
  'invoice.marked_uncollectible': { fact: { perAttempt: false } },
  // Voided: the same.
  'invoice.voided': { fact: { perAttempt: false } },
  // Its subscriptions are cancelled with it.
  'customer.deleted': {},
} as const satisfies Record<string, { fact?: { perAttempt: boolean } }>

export type HandledEvent = keyof typeof HANDLERS

/** What a webhook endpoint subscribes to: exactly what is handled, written once. */
export const handledEvents = Object.keys(HANDLERS).filter(isHandled)

// A map, because an object would answer for `constructor`, too.
export const FACTS: ReadonlyMap<string, { perAttempt: boolean }> = new Map(
  Object.entries(HANDLERS).flatMap(([type, handler]) =>
    'fact' in handler ? [[type, handler.fact]] : [],
  ),
)

export function isHandled(type: string): type is HandledEvent {
  return Object.hasOwn(HANDLERS, type)
}
