import type { IconName } from '@/app/components/icons'
import type { Tone } from '@/app/components/tone'
import type { Billing } from '@/lib/billing/billing'
import { formatMoney } from '@/lib/money'
import { shownCharge } from '@/lib/subscriptions/shown-charge'
import type { Act, Charging } from './act-button'

export type Strip = {
  kind:
    | 'unpaid'
    | 'past_due'
    | 'incomplete'
    | 'processing'
    | 'duplicate'
    | 'limit'
    | 'ending'
    | 'paused'
    | 'trial'
    | 'ended'
    | 'unknown'
  tone: Tone
  icon: IconName
  title: string
  detail: string
  /** Where the remedy is. */
  action: StripAction | null
  /** Another one, where there are two. */
  also?: StripAction
}

export type StripAction =
  // Something that the button does.
  | { to: Exclude<Act, Charging>; label: string }
  // Charges what is shown, and nothing where no amount is (`shownCharge`).
  | { to: Charging; label: string; shown: string }
  // Our own plans.
  | { to: 'plans'; label: string }
  // Stripe's page of what is open.
  | { to: 'invoice'; label: string; url: string }

/** Something must be done, or the plan is lost. */
export function danger(
  kind: Strip['kind'],
  title: string,
  rest: Pick<Strip, 'detail' | 'action' | 'also'>,
): Strip {
  return { kind, tone: 'danger', icon: 'alert', title, ...rest }
}

/** A state that is as it should be, or as its owner wanted it. */
export function calm(
  kind: Strip['kind'],
  title: string,
  rest: Pick<Strip, 'detail'> & Partial<Strip>,
): Strip {
  return { tone: 'neutral', icon: 'dash', action: null, ...rest, kind, title }
}

/** The button to another card, which what stands beside it as open is charged to at once. */
export function cardAction({ open, status }: Billing, label = 'Use another card'): StripAction {
  return { to: 'card', label, shown: shownCharge(open, { paused: status === 'paused' }) }
}

/** The button that pays what is open: its form sends the very invoice and amount that its label names. */
export function payAction(
  open: Billing['open'],
  known: (amount: string) => string = (amount) => `Pay ${amount} now`,
  unknown = 'Pay now',
): StripAction {
  const label = open ? known(formatMoney(open.remaining)) : unknown
  return { to: 'pay', label, shown: shownCharge(open) }
}
