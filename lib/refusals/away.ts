import type { Sentence } from './sentence'

/** What does not answer now, ours or another's: nothing is lost, and trying again is right. */
export const AWAY = {
  records_away: {
    title: 'Our records cannot be reached right now.',
    advice:
      'This is a fault on our side. Nothing was charged, and your plan stays as it is. Try again in a minute.',
  },
  stripe_away: {
    title: 'Stripe, which takes our payments, does not answer right now.',
    advice: 'Nothing was charged, and your plan stays as it is. Try again in a few minutes.',
  },
  outcome_unknown: {
    title: 'Stripe has not said in time whether that was done.',
    advice:
      'It may have been. Look again in a minute: doing it twice charges you once, and changes nothing more.',
  },
  mail_away: {
    title: 'Our mail server did not take your sign-in mail.',
    advice:
      'We keep trying for 15 minutes. Check the address, look into your mail in a few minutes, or sign in another way.',
  },
  sign_in_away: {
    title: 'Signing in does not work right now.',
    advice: 'This is a fault on our side. Try again in a moment, or choose another way to sign in.',
  },
  other_site_away: {
    title: 'We could not lead you to the other site to sign in.',
    advice: 'Try again in a moment, or choose another way to sign in.',
  },
  demo_mail_away: {
    title: 'The sign-in mail of the demo was not captured.',
    advice: 'Try again. If it stays, look at what the server prints.',
  },
  billing_updating: {
    title: 'Your billing is being updated at this moment.',
    advice: 'Nothing was charged. Try again in a few seconds.',
  },
  too_slow: {
    title: 'That took too long, so we stopped waiting for it.',
    advice: 'It may still arrive: wait a minute and look again before you repeat it.',
  },
} as const satisfies Record<string, Sentence>
