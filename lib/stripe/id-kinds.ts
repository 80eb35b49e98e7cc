// Those that Stripe can be asked about stand in `owner-of.ts`, too. An id's prefix says its kind,
// and can have two parts.
const KINDS = [
  // Who, and what they have.
  ...['cus', 'sub', 'sub_sched', 'si', 'ent', 'di', 'promo', 'txi', 'cbtxn'],
  // What was asked for, and paid.
  ...[
    'in',
    'ii',
    'il',
    'li',
    'inpay',
    'cn',
    'cnli',
    'qt',
    'pi',
    'seti',
    'setatt',
    'payatt',
    'cs',
    'plink',
  ],
  // With what, and what became of the money.
  ...[
    'pm',
    'card',
    'src',
    'ba',
    'mandate',
    'ch',
    'py',
    'pyr',
    're',
    'dp',
    'du',
    'issfr',
    'prv',
    'txn',
    'po',
  ],
  // What is sold.
  ...['price', 'plan', 'prod', 'prodft', 'feat', 'mtr', 'txr'],
  // What the account is set up with, and what it said.
  ...['evt', 'we', 'wc', 'ed', 'cliws', 'bpc', 'bps', 'cuss', 'clock', 'acct', 'req'],
]

// Of letters, digits and underscores, as `lib/ids.ts` has it.
const ID = new RegExp(`^(${KINDS.join('|')})_[A-Za-z0-9_]{1,250}$`)

/** Whether a text can be an id of Stripe's: any other word with an underscore is a name. */
export function isStripeId(text: string): boolean {
  return ID.test(text)
}
