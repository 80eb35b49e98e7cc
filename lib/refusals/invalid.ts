import { BILLING_DETAILS } from './billing-details'
import type { Sentence } from './sentence'

/** What is wrong with an address that was typed: said at its field. */
export const BAD_EMAIL = {
  email_malformed: {
    title: 'That is not an email address that we can write to.',
    advice: 'Enter one such as ana@example.com.',
  },
  email_letters: {
    title: 'That address has letters other than a to z, to which we cannot write.',
    advice: 'Enter one in plain letters, such as ana@example.com.',
  },
} as const satisfies Record<string, Sentence>

/** What an operator typed into a form of the console. */
const IN_CONSOLE = {
  console_reason: {
    title: 'Say why, in 3 to 500 characters.',
    advice: 'Nothing was done. The reason stays in the audit trail, so name no one in it.',
  },
  console_until: {
    title: 'That is not a day to come.',
    advice: 'Nothing was done. Choose the last day on which it is to apply, up to the end of 2100.',
  },
  console_refund: {
    title: 'Say whether the money goes back.',
    advice: 'Nothing was done. Choose one of the two, and send it again.',
  },
  console_amount: {
    title: 'A limit is a whole number of uses.',
    advice: 'Nothing was done. Enter how many uses a period is to have.',
  },
  console_subject: {
    title: 'That is not something an operator can decide about.',
    advice: 'Nothing was done. Load the page again and choose once more.',
  },
} as const satisfies Record<string, Sentence>

/** The input does not parse. */
export const INVALID = {
  ...BAD_EMAIL,
  ...IN_CONSOLE,
  ...BILLING_DETAILS,
  other_email: {
    title: 'That is not the email address of this account.',
    advice: 'Nothing was changed. Enter the one that stands above the field.',
  },
  not_a_form: {
    title: 'That is not something this form can send.',
    advice: 'Nothing was changed. Load the page again and try once more.',
  },
  unknown_plan: {
    title: 'That plan is not one that can be bought.',
    advice: 'Nothing was charged. Choose one of the plans on the pricing page.',
  },
  credits_withdrawn: {
    title: 'Those credits are not sold any more.',
    advice: 'Nothing was charged. Choose one of the packs on the billing page.',
  },
  plan_withdrawn: {
    title: 'The plan that you chose is not sold any more.',
    advice: 'Nothing was charged. Choose one of the plans on the pricing page.',
  },
  promotion_refused: {
    title: 'Stripe does not take that promotion code for your account.',
    advice: 'Nothing was charged. You can buy without it, or type another one at Stripe.',
  },
  not_agreed: {
    title: 'You have not agreed to the charge.',
    advice: 'Nothing was charged. Set the mark beside the amount, and send it again.',
  },
  unknown_pause: {
    title: 'That is not a time for which a plan can be paused.',
    advice: 'Nothing was changed. Choose one of those on the page.',
  },
  unknown_form: {
    title: 'That form did not arrive as it was sent.',
    advice: 'Nothing was changed. Load the page again and try once more.',
  },
  api_key_name: {
    title: 'A key needs a name of 1 to 60 characters.',
    advice: 'Nothing was made. Say what it is for, such as Nightly export.',
  },
  api_key_lifetime: {
    title: 'That is not one of the times for which a key can be made.',
    advice: 'Nothing was made. Choose one of those in the form.',
  },
  use_key: {
    title: 'A request for this needs an Idempotency-Key of 1 to 128 characters.',
    advice: 'Nothing was made. Give each use a key of its own, and repeat it with the same.',
  },
  report_title: {
    title: 'A report needs a title of 1 to 120 characters.',
    advice: 'Nothing was made. Say what it is about, such as November.',
  },
  unknown_sign_in_method: {
    title: 'That is not one of the ways to sign in.',
    advice: 'Nothing was changed. Choose one of those below.',
  },
  unknown_demo_user: {
    title: 'That is not one of the people of the demo.',
    advice: 'Choose one of those below.',
  },
} as const satisfies Record<string, Sentence>
