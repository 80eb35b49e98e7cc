import type { COMING_KINDS } from '@/app/settings/billing/coming-strip'
import type { StripAction, StripKind } from '@/app/settings/billing/strip'

/** A file of e2e/, and the name of the story in it. */
type Story = { file: string; story: string }

/**
 * Why a state cannot be reached in a browser; then its words are held by
 * `app/settings/billing/state-strips.test.ts`.
 */
type Unreachable = { unreachable: string }

const here = (story: string): Story => ({ file: 'strips.spec.ts', story })
const button = (story: string): Story => ({ file: 'strip-buttons.spec.ts', story })

/** Each strip of the billing page, and the story in which its remedy is pressed: one without does not compile. */
export const STRIP_STORIES: Record<StripKind | (typeof COMING_KINDS)[number], Story | Unreachable> =
  {
    unpaid: here(
      'a plan that is off until it is paid: refused by the same card, paid by another, and on again',
    ),
    past_due: {
      file: 'failed-renewal.spec.ts',
      story:
        'a renewal that fails is paid where it is said: refused with the reason, then by another card, at once',
    },
    incomplete: here('a first payment that its bank asks about: confirmed, or given up at once'),
    processing: {
      file: 'waiting-for-money.spec.ts',
      story:
        'a plan bought with a bank debit that comes back: nothing was ever given, both steps are shown, and the way is free',
    },
    duplicate: here(
      'a second subscription that is charged, too: one press leads to its end, and one is left',
    ),
    dispute: here(
      'a payment that is disputed at its bank: the way leads to the invoices, and it is said until it is decided',
    ),
    limit: here('all uses of a month are spent: a greater plan is bought, and they are not'),
    ending: {
      file: 'verbs.spec.ts',
      story: 'a plan is canceled in two presses, kept, paused and resumed, each on our own pages',
    },
    paused: here(
      'a plan that is paused because its trial ended without a card: a card is added, and it goes on',
    ),
    trial: here('a trial without a card: one is added, and its end is a charge'),
    ended: here('a first payment that its bank asks about: confirmed, or given up at once'),
    returned: {
      unreachable: 'The catalog’s own policy keeps the plan on when its money goes back.',
    },
    card_expires: here(
      'a card that is over by the next charge: another is added, and nothing is said any more',
    ),
    unknown: button(
      'a state that the page does not know: Stripe is asked again, and the plan is shown as it is',
    ),
    price: button(
      'a price that an operator raises: announced, and never charged by another choice',
    ),
    planned: {
      file: 'upgrade.spec.ts',
      story:
        'a plan is changed on our pages: shown, agreed to, paid first; a smaller one waits, and can be taken back',
    },
    waits: {
      file: 'upgrade.spec.ts',
      story:
        'a plan is changed on our pages: shown, agreed to, paid first; a smaller one waits, and can be taken back',
    },
  }

type Pair = `${StripKind | (typeof COMING_KINDS)[number]} ${StripAction['to'] | 'undo'}`

const GIVEN_UP = here('a first payment that its bank asks about: confirmed, or given up at once')
const FAILED: Story = {
  file: 'failed-renewal.spec.ts',
  story:
    'a renewal that fails is paid where it is said: refused with the reason, then by another card, at once',
}
const CHANGED: Story = {
  file: 'upgrade.spec.ts',
  story:
    'a plan is changed on our pages: shown, agreed to, paid first; a smaller one waits, and can be taken back',
}
const PAUSED: Story = {
  file: 'verbs.spec.ts',
  story: 'a plan is canceled in two presses, kept, paused and resumed, each on our own pages',
}
const ASKED = button(
  'a change that waits for its payment is paid by the same button once the card can',
)
const RESTORED = STRIP_STORIES.unpaid

/** Each button of each strip that the gallery of states shows, and the story in which that very one is pressed. */
export const REMEDIES: Partial<Record<Pair, Story | Unreachable>> = {
  'unpaid pay': RESTORED,
  'unpaid card': RESTORED,
  'past_due pay': FAILED,
  'past_due card': FAILED,
  'incomplete invoice': GIVEN_UP,
  'incomplete pay': {
    unreachable: 'Stripe has a page of each first invoice; without one the button pays it here.',
  },
  'incomplete card': button('a first payment that its bank asks about is paid by another card'),
  'incomplete cancel': GIVEN_UP,
  'processing pay': {
    unreachable:
      'A change that took effect before its money came waits for a bank, and is not asked for meanwhile.',
  },
  'processing card': {
    unreachable: 'The same; what comes back is a renewal that failed, with its own strip.',
  },
  'duplicate cancel_other': STRIP_STORIES.duplicate,
  'dispute invoices': STRIP_STORIES.dispute,
  'limit plans': STRIP_STORIES.limit,
  'ending keep': PAUSED,
  'paused resume': PAUSED,
  'paused keep': button('a paused plan that is set to end is kept, and waits as before'),
  'paused card': STRIP_STORIES.paused,
  'trial card': STRIP_STORIES.trial,
  'ended plans': button('a plan that has ended: another one is chosen, and it is on'),
  'returned cancel': STRIP_STORIES.returned,
  'card_expires card': STRIP_STORIES.card_expires,
  'unknown look': STRIP_STORIES.unknown,
  'unknown write': {
    unreachable: 'It opens the program in which its reader writes emails.',
  },
  'planned undo': CHANGED,
  'waits pay': ASKED,
  'waits card': CHANGED,
}
