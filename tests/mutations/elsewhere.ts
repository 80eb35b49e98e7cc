/** What can happen around a press, whatever it is a press of. */
export type Circumstance = 'twice' | 'signed out' | 'someone else' | 'Stripe fails'

/** A test that plays it, by its file and its name; or why it cannot be. */
export type Proof = { file: string; test: string } | { not: string }

const proof = (file: string, test: string): Proof => ({ file, test })
const NO_STRIPE: Proof = { not: 'It asks Stripe nothing.' }
const NO_SESSION: Proof = { not: 'It is for a visitor who is not signed in.' }
const DEMO: Proof = { not: 'It is there beside a sandbox only, for people who do not exist.' }

const SIGN_IN = 'lib/auth/sign-in.db.test.ts'
const CONFIRM = 'lib/checkout/confirm.db.test.ts'
const CREDITS = 'lib/credits/credits.db.test.ts'
const UNSUBSCRIBE = 'app/api/emails/unsubscribe/route.db.test.ts'

/** The mutations that are not forms of a signed-in customer’s own: their circumstances are played where they are. */
export const ELSEWHERE: Record<string, Record<Circumstance, Proof>> = {
  'app/sign-in/actions.ts sendLink': {
    twice: proof(
      'lib/auth/limit-mail.db.test.ts',
      'many requests at once for a link that was used bring a few mails, not many',
    ),
    'signed out': NO_SESSION,
    'someone else': proof(SIGN_IN, 'of one person does not sign in another'),
    'Stripe fails': NO_STRIPE,
  },
  'app/sign-in/actions.ts continueWith': {
    twice: proof(
      'lib/auth/github.db.test.ts',
      'five first sign-ins at once open one account, and none is refused',
    ),
    'signed out': NO_SESSION,
    'someone else': proof(
      'lib/auth/github.db.test.ts',
      'while another account is signed in links nothing to it: the browser changes accounts',
    ),
    'Stripe fails': NO_STRIPE,
  },
  'app/sign-in/actions.ts signOut': {
    twice: proof(SIGN_IN, 'signing out is final: the cookie, if kept, opens nothing'),
    'signed out': { not: 'Nothing is left to end, and it leads to the same page.' },
    'someone else': { not: 'It ends the session of the browser that asks, and takes no id.' },
    'Stripe fails': NO_STRIPE,
  },
  'app/settings/account/actions.ts signInAgain': {
    twice: proof(SIGN_IN, 'signing out is final: the cookie, if kept, opens nothing'),
    'signed out': { not: 'It leads to signing in either way.' },
    'someone else': { not: 'It ends the session of the browser that asks, and takes no id.' },
    'Stripe fails': NO_STRIPE,
  },
  'app/api/emails/unsubscribe/route.ts POST': {
    twice: proof(
      UNSUBSCRIBE,
      'pressed by a mail program turns them off at once, without a redirect, and once',
    ),
    'signed out': { not: 'Its link proves itself, and needs no session.' },
    'someone else': proof(UNSUBSCRIBE, 'that we did not make is refused, and turns nothing off'),
    'Stripe fails': NO_STRIPE,
  },
  'app/api/v1/reports/route.ts POST': {
    twice: proof(
      'lib/reports/create.db.test.ts',
      'that is asked for twenty times at once under one key is one, and costs one',
    ),
    'signed out': proof(
      'tests/api/status-by-key.db.test.ts',
      'is refused from the next request on when the key is revoked or over',
    ),
    'someone else': proof(
      'lib/reports/create.db.test.ts',
      'of another workspace may have the same key',
    ),
    'Stripe fails': NO_STRIPE,
  },
  'app/sign-in/demo/route.ts POST': {
    ...{ twice: DEMO, 'signed out': DEMO, 'someone else': DEMO, 'Stripe fails': NO_STRIPE },
  },
  'app/settings/account/export/route.ts POST': {
    twice: { not: 'Each copy is one more download, and each is on record.' },
    'signed out': proof('app/action.test.ts', 'a signed-out visitor reaches nothing'),
    'someone else': proof('lib/retention/export-person.db.test.ts', 'has nothing of anybody else'),
    'Stripe fails': NO_STRIPE,
  },
  // Pages that act when they are opened, for someone whom Stripe sends back.
  'app/checkout/return/page.tsx': {
    twice: proof(CONFIRM, 'as often as one likes asks Stripe no more, and says the same'),
    'signed out': proof(
      'e2e/activation.spec.ts',
      'the page of another customer’s checkout says nothing',
    ),
    'someone else': proof(CONFIRM, 'of another user’s checkout looks like one that does not exist'),
    'Stripe fails': proof(
      'lib/webhooks/stripe-faults.db.test.ts',
      'a user who waits for it is asked to come back, and the customer stays marked',
    ),
  },
  'app/settings/billing/page.tsx': {
    twice: proof(
      CREDITS,
      'are there once, when the event or the return page says so, and however often it is said again',
    ),
    'signed out': { not: 'It leads to signing in before it looks at anything.' },
    'someone else': proof(
      CREDITS,
      'are there at once for who comes back from the payment, and for no one else',
    ),
    'Stripe fails': proof(
      'lib/webhooks/stripe-faults.db.test.ts',
      'a person sees what we knew, and that it is old',
    ),
  },
}
