/** Who is emailed about a fact. */
export type Audience = 'customer' | 'operator' | 'both'

/** What an event means besides "look again". */
type Handler = {
  /** It reports something that happened, kept for ever; `perAttempt`: each attempt is news of its own. */
  fact?: { perAttempt: boolean }
  /** Who is emailed about that fact, once. */
  notify?: Audience
}

/**
 * The events that Stripe is asked to send, each with the reason we listen. Whatever they say,
 * the answer is the same: look at the customer again, or at the charge, price or product that they
 * are about. Some are also facts: things that happened, whose history matters even if the state
 * has long moved on.
 */
const HANDLERS = {
  // Checkout finished, paid or not: the subscription's status says which.
  'checkout.session.completed': {},
  // A bank debit that was under way at checkout arrived.
  'checkout.session.async_payment_succeeded': {},
  // … or did not: the plan never starts, and its buyer has to pay another way.
  'checkout.session.async_payment_failed': { fact: { perAttempt: false }, notify: 'both' },
  // The customer did not pay within a day: the open intent is released.
  'checkout.session.expired': {},
  // Covers checkout, portal, API and dashboard alike: wherever it was created, we converge.
  'customer.subscription.created': {},
  // Plan, status, cancellation, period: anything about it changed.
  'customer.subscription.updated': {},
  // It ended; the customer may have another.
  'customer.subscription.deleted': {},
  // A trial ended without a card, or it was paused by hand: access stops without a charge.
  'customer.subscription.paused': {},
  // Access returns.
  'customer.subscription.resumed': {},
  // Three days before a trial's end, or at once when it was shortened: a charge must not surprise the customer.
  // Another end is another fact: a trial that is extended afterwards is announced again.
  'customer.subscription.trial_will_end': { fact: { perAttempt: true }, notify: 'customer' },
  // An upgrade that waited for its payment went through.
  'customer.subscription.pending_update_applied': {},
  // … or lapsed: the old plan stands.
  'customer.subscription.pending_update_expired': {},
  // A change of plan was planned; the subscription itself stays as it is until then.
  'subscription_schedule.created': {},
  // … was planned otherwise, or its next phase began.
  'subscription_schedule.updated': {},
  // … was called off: the subscription goes on as it is.
  'subscription_schedule.released': {},
  // … happened.
  'subscription_schedule.completed': {},
  // … ended together with its subscription.
  'subscription_schedule.canceled': {},
  // … comes to its end in a week.
  'subscription_schedule.expiring': {},
  // … broke off because a payment failed.
  'subscription_schedule.aborted': {},
  // Money arrived; also for zero, and out of band. The first of a plan is welcomed with its receipt, and one that
  // failed before is said to be done.
  'invoice.paid': { fact: { perAttempt: false }, notify: 'customer' },
  // One attempt failed: dunning starts or goes on, and each attempt is emailed about once.
  'invoice.payment_failed': { fact: { perAttempt: true }, notify: 'customer' },
  // The bank wants its customer to confirm a renewal.
  'invoice.payment_action_required': { fact: { perAttempt: true }, notify: 'customer' },
  // The invoice cannot be made (often a tax address): the subscription runs unbilled until an operator looks.
  'invoice.finalization_failed': { fact: { perAttempt: false }, notify: 'operator' },
  // Written off: a past-due subscription may become active again.
  'invoice.marked_uncollectible': { fact: { perAttempt: false } },
  // Voided: the same.
  'invoice.voided': { fact: { perAttempt: false } },
  // Money went back. It ends no subscription by itself, but the operator who sent it may have ended one, too.
  'charge.refunded': {},
  // Each refund is recorded once, partial ones too: a charge can have several. Of the one that gives back the
  // last of it operators hear, for it ends no plan by itself.
  'refund.created': { fact: { perAttempt: false }, notify: 'operator' },
  // It was completed, or its reference arrived.
  'refund.updated': {},
  // The money did not reach the customer: an operator has to send it another way.
  'refund.failed': { fact: { perAttempt: false }, notify: 'operator' },
  // The bank took the side of the cardholder; there are days to answer.
  'charge.dispute.created': { fact: { perAttempt: false }, notify: 'operator' },
  // Won or lost. A setting of the account may have ended the subscription.
  'charge.dispute.closed': { fact: { perAttempt: false }, notify: 'operator' },
  // The disputed amount left our balance.
  'charge.dispute.funds_withdrawn': { fact: { perAttempt: false } },
  // … and came back.
  'charge.dispute.funds_reinstated': { fact: { perAttempt: false } },
  // The bank suspects fraud: refund now, or meet a dispute later.
  'radar.early_fraud_warning.created': { fact: { perAttempt: false }, notify: 'operator' },
  // Another card may bring the money that the last one refused.
  'payment_method.attached': {},
  // The card that renewals are charged to may be gone.
  'payment_method.detached': {},
  // The bank sent a new number or date for the same card.
  'payment_method.automatically_updated': {},
  // Its address or date was corrected.
  'payment_method.updated': {},
  // The default card is the customer's own field.
  'customer.updated': {},
  // Its subscriptions are canceled with it.
  'customer.deleted': {},
  // What a product includes changed; the catalog says what that allows here.
  'entitlements.active_entitlement_summary.updated': {},
  // An unknown price may have got its tier: customers who wait for it are read at once.
  'price.created': {},
  // … or says another tier than before.
  'price.updated': {},
  // Only a price that was never used can be deleted.
  'price.deleted': {},
  // The tier of prices that say none themselves.
  'product.created': {},
  // … or says another tier than before.
  'product.updated': {},
  // Only a product without prices can be deleted.
  'product.deleted': {},
} as const satisfies Record<string, Handler>

export type HandledEvent = keyof typeof HANDLERS

/** What a webhook endpoint subscribes to: exactly what is handled, written once. */
export const handledEvents = Object.keys(HANDLERS).filter(isHandled)

// Maps, because an object would answer for `constructor`, too.
const handlers: readonly [string, Handler][] = Object.entries(HANDLERS)

/** The events that report a fact: it stands in the trail under the event's own type. */
export type FactEvent = {
  [Type in HandledEvent]: (typeof HANDLERS)[Type] extends { fact: object } ? Type : never
}[HandledEvent]

export const FACTS: ReadonlyMap<string, { perAttempt: boolean }> = new Map(
  handlers.flatMap(([type, { fact }]) => (fact ? [[type, fact]] : [])),
)

/** The events whose facts cause an email. */
export type NotifyingEvent = {
  [Type in HandledEvent]: (typeof HANDLERS)[Type] extends { notify: Audience } ? Type : never
}[HandledEvent]

/** Who is emailed about the fact of an event. */
export type AudienceOf<Type extends NotifyingEvent> = (typeof HANDLERS)[Type]['notify']

/** Who is emailed about each of them. */
// Safe: exactly the handlers that notify are taken, as the type above takes them.
export const NOTIFIED = Object.fromEntries(
  handlers.flatMap(([type, { notify }]) => (notify ? [[type, notify]] : [])),
) as { readonly [Type in NotifyingEvent]: AudienceOf<Type> }

/** Whether we handle events of this type; the others are stored as ignored. */
export function isHandled(type: string): type is HandledEvent {
  return Object.hasOwn(HANDLERS, type)
}
