import type { AudienceFor, NotificationKind } from '@/lib/events/notifications'
import type { OptionalEmail } from '@/lib/optional-emails'

/**
 * What always comes, in the words of the account page: by what law or rule each is owed stands in
 * docs/decisions/0047-which-emails-can-be-turned-off.md.
 */
export const OWED = {
  payments: 'Receipts, failed payments and what your bank wants you to confirm',
  debits: 'A bank debit that is on its way or came back, and money that came too late',
  trial: 'The end of a trial a week before it, because it announces a charge or its end',
  changes: 'What was changed or canceled, and the end of a plan',
  renewals: 'A yearly renewal and another price, before they are charged',
  account: 'Sign-in links that you ask for, and that your account is deleted',
} as const

export type Owed = keyof typeof OWED

/** Emails about no notification: each was asked for a moment ago by who gets it. */
export type AskedFor = 'sign_in_link' | 'links_are_off' | 'account_deleted'

/** A kind of notification that a customer is emailed about. */
export type CustomerKind = {
  [Kind in NotificationKind]: AudienceFor<Kind> extends 'operator' ? never : Kind
}[NotificationKind]

export type EmailRule =
  | { owed: Owed }
  | {
      choice: OptionalEmail
      /** The owed email that says the same before it: who did not get that one is owed this one. */
      repeats?: CustomerKind
    }

/** Whether an email is owed, or can be turned off and by which choice: one without a row does not compile. */
export const EMAIL_RULES: Readonly<Record<CustomerKind | AskedFor, EmailRule>> = {
  'invoice.paid': { owed: 'payments' },
  'invoice.payment_failed': { owed: 'payments' },
  'invoice.payment_action_required': { owed: 'payments' },
  'checkout.pending': { owed: 'debits' },
  'checkout.session.async_payment_failed': { owed: 'debits' },
  'payment.late': { owed: 'debits' },
  'trial.week_left': { owed: 'trial' },
  'customer.subscription.trial_will_end': { choice: 'trial', repeats: 'trial.week_left' },
  'subscription.change_plan': { owed: 'changes' },
  'subscription.coming_plan': { owed: 'changes' },
  'subscription.schedule_cancel': { owed: 'changes' },
  'subscription.end': { owed: 'changes' },
  'renewal.yearly': { owed: 'renewals' },
  'price.coming': { owed: 'renewals' },
  'price.kept': { owed: 'renewals' },
  'card.expiring': { choice: 'card' },
  'usage.near_limit': { choice: 'usage' },
  'usage.limit_reached': { choice: 'usage' },
  sign_in_link: { owed: 'account' },
  links_are_off: { owed: 'account' },
  account_deleted: { owed: 'account' },
}

/** The rule for a kind; undefined for one that no customer gets. */
export function emailRule(kind: NotificationKind): EmailRule | undefined {
  return isRuled(kind) ? EMAIL_RULES[kind] : undefined
}

function isRuled(kind: string): kind is keyof typeof EMAIL_RULES {
  return Object.hasOwn(EMAIL_RULES, kind)
}
