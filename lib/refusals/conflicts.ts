import type { Sentence } from './sentence'

/** The thing is not in the state that the request assumes. */
export const CONFLICTS = {
  console_moved_on: {
    title: 'Something has changed since you opened that page.',
    advice: 'Nothing was done. Look at how it is now, and do it again if it is still right.',
  },
  console_not_dead: {
    title: 'None of these events waits for you any more.',
    advice: 'Nothing was done. They were replayed before, or arrived by themselves.',
  },
  console_nothing_to_say: {
    title: 'That email has nothing to say any more.',
    advice: 'Nothing was sent. What it was about is paid, has ended, or was called off.',
  },
  refund_refused: {
    title: 'Stripe did not send all of the money back.',
    advice:
      'Nothing was canceled. A payment is disputed, or came past Stripe: look at it there, then cancel without a refund.',
  },
  address_unproven: {
    title: 'No one has proven that this address is theirs.',
    advice:
      'Nothing was changed. They sign in with a link to it first; then they can be appointed.',
  },
  last_operator: {
    title: 'That is the only operator, so the role stays.',
    advice: 'Nothing was changed. Appoint another one first.',
  },
  checkout_opening: {
    title: 'Another checkout is being opened for this account.',
    advice: 'Nothing was charged. Wait a moment, and choose a plan in one tab only.',
  },
  checkout_closing: {
    title: 'Another checkout is being closed for this account.',
    advice: 'Nothing was charged. Wait a moment, then try again.',
  },
  setup_unconfirmed: {
    title: 'Your bank has not confirmed this payment method.',
    advice: 'Nothing was changed or charged. Add it again, or add another one.',
  },
  setup_deposits: {
    title: 'Two small deposits come to your bank account, to show that it is yours.',
    advice:
      'Nothing was changed or charged. Within two business days they are in your account: confirm them on Stripe’s page, which Stripe emails you, and come back here. Do not add it again.',
  },
  customer_in_the_making: {
    title: 'Your billing account is being set up at this moment.',
    advice: 'Nothing was charged. Try again in a moment.',
  },
  use_key_taken: {
    title: 'That key stands for another use already.',
    advice: 'Nothing was counted. Repeat a request unchanged, or give each use a key of its own.',
  },
  plan_moved_on: {
    title: 'Your plan has changed since you opened that page.',
    advice: 'Nothing was done. Look at how it is now, and choose again.',
  },
  pay_first: {
    title: 'Your plan cannot be changed as it is now.',
    advice: 'Nothing was charged. Pay what is open, or go on with your plan, and then change it.',
  },
  first_payment_waits: {
    title: 'The first payment for your plan is on its way.',
    advice: 'Nothing was charged. Your plan can be changed once it is there.',
  },
  change_waits: {
    title: 'A change of your plan waits for its payment already.',
    advice: 'Nothing was charged. Once its payment is there, you can change your plan again.',
  },
  price_is_set: {
    title: 'The new price cannot be undone from this page.',
    advice:
      'Nothing was changed. Until its day you can choose another plan, or cancel: then it is never charged.',
  },
  plan_is_ending: {
    title: 'Your plan is set to end, so it cannot be changed.',
    advice: 'Nothing was charged. Keep your plan first, and then change it.',
  },
  resume_first: {
    title: 'Your plan is paused, so it cannot be changed.',
    advice: 'Nothing was charged. Resume your plan first, and then change it.',
  },
  same_plan: {
    title: 'You are on that plan already.',
    advice: 'Nothing was charged. Choose another one to change it.',
  },
  amount_changed: {
    title: 'The amount is not the one that you agreed to any more.',
    advice: 'Nothing was charged. Look at the new one, and agree to it if you like.',
  },
  amount_not_shown: {
    title: 'The amount was not on the page that you pressed the button on.',
    advice: 'Nothing was charged. Where it is known it stands on the button now: press it to pay.',
  },
  offer_over: {
    title: 'That offer is over.',
    advice: 'Nothing was charged. Look at it as it is now, and agree again.',
  },
  payment_on_its_way: {
    title: 'A payment of that invoice is on its way.',
    advice: 'Nothing more was charged. A bank takes up to two weeks to answer; until then wait.',
  },
  pause_unavailable: {
    title: 'Your plan cannot be paused as it is now.',
    advice: 'Nothing was changed. A plan in order that is billed by the month can be.',
  },
  period_not_paid: {
    title: 'The period that has begun is not paid yet, so your plan cannot be paused.',
    advice: 'Nothing was changed. Pause it once that payment is through: mostly within the hour.',
  },
  no_payment_method: {
    title: 'There is no card on file that could be charged.',
    advice: 'Nothing was charged. Add a card, and your plan goes on.',
  },
  too_many_api_keys: {
    title: 'There are as many API keys already as one workspace can have.',
    advice: 'Nothing was made. Revoke one that is not used any more.',
  },
  api_key_made: {
    title: 'That form has made its key already.',
    advice: 'A key is shown once. Fill in the form again for another one, and revoke one you lost.',
  },
  too_many_tax_ids: {
    title: 'There are as many tax IDs already as an invoice has room for.',
    advice: 'Nothing was changed. Remove one that does not hold any more.',
  },
  only_sign_in_method: {
    title: 'That is the only way into your account, so it stays.',
    advice: 'Nothing was changed.',
  },
  team_without_owner: {
    title: 'You are the only owner of a team.',
    advice: 'Nothing was changed. Make someone else an owner of it first, then come back.',
  },
  address_taken: {
    title: 'Another account has this address.',
    advice: 'Nothing was changed. Use another address, or sign in to that account.',
  },
} as const satisfies Record<string, Sentence>
