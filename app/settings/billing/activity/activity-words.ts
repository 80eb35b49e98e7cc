import type { Activity, ActivityKind, Who } from '@/lib/audit/activity'
import { after, type Details } from './details'

type Words = {
  text: string | ((details: Details) => string)
  /**
   * Whose doing it is. `stripe`: Stripe's, also where a person's visit made us read it. `actor`: of whom the row names.
   */
  by: 'actor' | 'stripe'
}

const done = (text: Words['text']): Words => ({ text, by: 'actor' })
const seen = (text: Words['text']): Words => ({ text, by: 'stripe' })

/**
 * What everything in the trail is called for whose workspace it is; a new action without a sentence
 * does not compile.
 */
const WORDS: Record<ActivityKind, Words> = {
  'subscription.start': seen(({ plan }) => (plan ? `${plan} began.` : 'Your plan began.')),
  'subscription.create': seen('A plan was chosen; its first payment is open.'),
  'subscription.discover': seen('A plan from before was found.'),
  'subscription.start_trial': seen('A trial began.'),
  'subscription.convert': seen('The trial ended, and your plan goes on.'),
  'subscription.renew': seen('Your plan was renewed.'),
  'subscription.change_plan': seen(({ plan }) =>
    plan ? `Your plan changed to ${plan}.` : 'Your plan changed.',
  ),
  'subscription.schedule_cancel': seen(({ day }) =>
    day ? `Your plan is set to end on ${day}.` : 'Your plan is set to end.',
  ),
  'subscription.resume': seen('The end of your plan was taken back.'),
  'subscription.pause': seen('Your plan was paused.'),
  'subscription.unpause': seen('Your plan goes on after its pause.'),
  'subscription.fall_due': seen('A payment for your plan is overdue.'),
  'subscription.recover': seen('What was overdue is paid.'),
  'subscription.give_up_payment': seen('A payment was not made, and is not tried again.'),
  'subscription.expire': seen('The first payment was not made in time, so the plan did not begin.'),
  'subscription.end': seen('Your plan ended.'),
  'subscription.update': seen('Something about your plan changed.'),
  'subscription.cancel_unstarted': done('A plan was canceled, because its payment never arrived.'),
  'subscription.replan': done('Your planned change took over what has changed since.'),
  'trial.note': done('A trial was noted: each person and card has one.'),
  'trial.end': done('A trial ended at once, because its person or card had one before.'),
  'subscription.restart': done('Your plan began anew with a payment that came late.'),
  'subscription.request_cancel': done('Asked to cancel the plan at the end of its period.'),
  'subscription.request_cancel_now': done((details) => atOnce('Asked to cancel the plan', details)),
  'subscription.request_keep': done('Asked to keep the plan.'),
  'subscription.request_pause': done(({ months }) =>
    months ? `Asked to pause the plan for ${months}.` : 'Asked to pause the plan.',
  ),
  'subscription.request_resume': done('Asked to resume the plan.'),
  'subscription.request_change': done(({ plan }) =>
    plan ? `Asked to change to ${plan}.` : 'Asked to change the plan.',
  ),
  'subscription.request_undo': done('Asked to take back a planned change.'),
  'subscription.request_card': done('Put a new card to use.'),
  'invoice.request_payment': done(({ money }) =>
    money ? `Asked to pay ${money} that was open.` : 'Asked to pay what was open.',
  ),
  'price_move.request': done('A new price for your plan was prepared.'),
  'price_move.plan': done('A new price for your plan was announced.'),
  'price_move.request_undo': done('The new price for your plan is being taken back.'),
  'price_move.undo': done('The new price for your plan was taken back.'),
  'price_move.move': done('The new price for your plan began.'),
  'price_move.leave': done('The new price for your plan was called off.'),
  'entitlement.change': seen('What your plan allows changed.'),
  'usage.near_limit': done('Most of the period’s uses were used.'),
  'usage.limit_reached': done('All of the period’s uses were used.'),
  'credits.grant': done(({ units }) =>
    units ? `${units} credits were added.` : 'Credits were added.',
  ),
  'credits.take_back': done('Credits were taken back, because their money was refunded.'),
  'credits.give_back': done('Credits that were taken back were given again.'),
  'payment_method.request_default': done('Asked to pay with another payment method.'),
  'payment_method.set_up': done('Began to add a payment method.'),
  // What an operator asked for; what came of it is a row of its own.
  'console.sync': done('Had your plan read anew at Stripe.'),
  'console.grant': done('Asked to give you something beside your plan.'),
  'console.withhold': done('Asked to turn something of your plan off.'),
  'console.revoke': done('Asked to take back what was given or turned off by hand.'),
  'console.cancel': done((details) => atOnce('Asked to end your plan', details)),
  'console.merge': done((details) => atOnce('Asked to end a second subscription', details)),
  'console.resend': done('Sent you an email again.'),
  'console.replay': done('Had a message of Stripe read again.'),
  'console.close_uses': done('Closed uses that were not billed.'),
  'console.appoint': done('Asked to appoint an operator.'),
  'console.revoke_role': done('Asked to take an operator’s role back.'),
  'console.close_left_out': done('Closed what could not be counted.'),
  'operator.appoint': done('You may operate this application.'),
  'operator.revoke': done('You may not operate this application any more.'),
  'override.grant': done('Something was given to you beside your plan.'),
  'override.withhold': done('Something of your plan was turned off.'),
  'override.extend': done('What was given to you lasts longer.'),
  'override.revoke': done('What was given or turned off by hand was taken back.'),
  'customer.create': done('Your billing account was opened.'),
  'customer.delete': seen('Your billing account was deleted at Stripe.'),
  'customer.link': seen('A billing account was linked to you.'),
  'customer.adopt': done('The billing account that you had before was linked to you.'),
  'customer.await_owner': seen('A billing account waits for its owner.'),
  'customer.conflict': seen('A second billing account was found; support looks at it.'),
  'customer.miss': seen('Stripe did not know your billing account.'),
  'customer.find': seen('Stripe knows your billing account again.'),
  'customer.retire': done('A billing account that Stripe lost was given up.'),
  'customer.follow_user': done('Your new details were sent to Stripe.'),
  'customer.refuse_details': seen('Stripe did not take your new details.'),
  'customer.request_details': done('Asked to change what stands on invoices.'),
  'customer.request_tax_id': done('Asked to add a tax ID.'),
  'customer.request_tax_id_removal': done('Asked to remove a tax ID.'),
  'user.create': done('Your account was opened.'),
  'user.choose_emails': done('The choice of emails was changed.'),
  'user.change_details': done('Your details were changed.'),
  'user.follow_customer': seen('Your details were changed at Stripe.'),
  'user.refuse_details': done('Your details at Stripe could not be taken over.'),
  'sign_in_method.add': done('A way to sign in was added.'),
  'sign_in_method.remove': done('A way to sign in was removed.'),
  'api_key.create': done('An API key was made.'),
  'api_key.revoke': done('An API key was revoked.'),
  'report.create': done('A report was made.'),
  'checkout.start': done('A checkout was opened.'),
  'checkout.close': done('A checkout was closed.'),
  'portal.open': done('Your page at Stripe was opened.'),
  'invoice.void': done('An invoice was made void.'),
  'invoice.write_off': done('An invoice was written off.'),
  'invoice.refund': done(({ money }) =>
    money ? `${money} that came late was sent back.` : 'A payment that came late was sent back.',
  ),
  'invoice.keep': done(
    ({ money }) => `${money ?? 'A payment'} that came late was kept for support to look at.`,
  ),
  'drift.detect': done('Our records were found to differ from Stripe’s, and read anew.'),
  'event.replay': done('A message from Stripe was read again.'),
  'retention.prune': done('What was old enough was deleted.'),
  'person.request_erasure': done('Asked to delete the account.'),
  'person.export': done('Downloaded a copy of their data.'),
  'person.erase': done('A person’s data was erased.'),
  // Facts, under Stripe's own words for them.
  'checkout.session.async_payment_failed': seen('A bank debit did not arrive.'),
  'customer.subscription.trial_will_end': seen('The end of the trial was announced.'),
  'invoice.paid': seen('An invoice was paid.'),
  'invoice.payment_failed': seen('A payment failed.'),
  'invoice.payment_action_required': seen('Your bank asked you to confirm a payment.'),
  'invoice.finalization_failed': seen('An invoice could not be made.'),
  'invoice.marked_uncollectible': seen('An invoice was written off.'),
  'invoice.voided': seen('An invoice was made void.'),
  'refund.created': seen(({ money }) => (money ? `${money} was refunded.` : 'A refund was made.')),
  'refund.failed': seen(({ money }) => `A refund${of(money)} did not arrive.`),
  'charge.dispute.created': seen(
    ({ money }) => `A payment was disputed at the bank${colon(money)}.`,
  ),
  'charge.dispute.closed': seen(
    ({ money, outcome }) =>
      `The dispute of ${money ?? 'a payment'} was decided${OUTCOMES[outcome ?? ''] ?? ''}.`,
  ),
  'charge.dispute.funds_withdrawn': seen(
    ({ money }) => `The money of a dispute was withdrawn${colon(money)}.`,
  ),
  'charge.dispute.funds_reinstated': seen(
    ({ money }) => `The money of a dispute was given back${colon(money)}.`,
  ),
  'radar.early_fraud_warning.created': seen('A bank warned of a payment.'),
  'subscription.duplicate': seen('A second plan was found that is charged, too.'),
  'payment.late': seen('A payment came after the plan had ended.'),
}

function of(money: string | null): string {
  return money ? ` of ${money}` : ''
}

function colon(money: string | null): string {
  return money ? `: ${money}` : ''
}

// Where a customer ends it themselves, the amount is known before; an operator sends back what the
// period was paid with.
function atOnce(what: string, { money, refund }: Details): string {
  if (!refund) return `${what} at once.`
  return money ? `${what} at once, with ${money} back.` : `${what} at once, with a refund.`
}

// Of a dispute, as its customer reads it.
const OUTCOMES: Partial<Record<string, string>> = {
  won: ': the payment holds',
  lost: ': the bank gave the money back to you',
}

/**
 * What is no business of whose workspace it is: work on our own records, the other side of a dispute, and a bank's
 * suspicion, which may be of themselves.
 */
export const HIDDEN: readonly ActivityKind[] = [
  ...(['drift.detect', 'event.replay', 'retention.prune'] as const),
  ...(['customer.miss', 'customer.find', 'customer.conflict', 'customer.await_owner'] as const),
  ...(['charge.dispute.funds_withdrawn', 'charge.dispute.funds_reinstated'] as const),
  'radar.early_fraud_warning.created',
]

// What another version of the application wrote, and this one has no sentence for.
const UNKNOWN: Words = done('Something else was done.')

// A map, because an object would answer for `constructor`, too.
const KNOWN: ReadonlyMap<string, Words> = new Map(Object.entries(WORDS))

/** The sentence of one row, and whose doing it was; nothing of what is stored beside is shown as it is. */
export function activityText(activity: Activity): { text: string; who: string } {
  const { text, by } = KNOWN.get(activity.action) ?? UNKNOWN
  return {
    text: typeof text === 'string' ? text : text(after(activity)),
    who: WHO[by === 'stripe' && activity.who !== 'support' ? 'stripe' : activity.who],
  }
}

const WHO: Record<Who, string> = {
  you: 'You',
  member: 'Another member',
  support: 'Support',
  program: 'A program with an API key',
  stripe: 'Stripe',
  automatic: 'Automatic',
}
