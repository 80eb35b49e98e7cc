import type { IconName } from '@/app/components/icons'
import type { Tone } from '@/app/components/tone'
import type { Act } from './act-button'

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
  | { to: Act; label: string }
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
