import { PageLink } from '@/app/components/page-link'
import type { UserActor } from '@/lib/audit/actor'
import type { CheckoutOutcome } from '@/lib/checkout/confirm'
import { Activated } from './activated'
import { Frame } from './frame'
import { Unfinished } from './unfinished'
import { ACTIVATING, ASKING, Waiting } from './waiting'

/** What Stripe says about a checkout, or that Stripe does not answer. */
export type Outcome = CheckoutOutcome | { kind: 'unreachable' }

type Props = {
  of: Outcome
  actor: UserActor | null
  attempt: number
  here: `/checkout/return?${string}`
  reference: string
}

/** One frame for each thing that Stripe may say about this checkout. */
export function OutcomeFrame({ of, actor, ...where }: Props) {
  switch (of.kind) {
    case 'activated':
      return <Activated outcome={of} actor={actor} />
    case 'activating':
      return <Waiting words={ACTIVATING} {...where} />
    case 'unreachable':
      return <Waiting words={ASKING} {...where} />
    case 'open':
    case 'expired':
      return <Unfinished outcome={of} session={where.reference} />
    case 'ended':
      return (
        <Frame
          tone="neutral"
          icon="dash"
          title="What this checkout paid for has ended."
          to="billing"
        >
          You were charged nothing now. Your billing page says what you have.
        </Frame>
      )
    case 'withheld':
      return (
        <Frame
          tone="neutral"
          icon="dash"
          title="You have paid, and plans are turned off for your account."
          to="billing"
        >
          Your payment went through, and your plan is not on. The people who run this app can say
          why, and pay it back.
        </Frame>
      )
    case 'processing':
      return (
        <Frame tone="info" icon="clock" title="Your bank debit has started." to="billing">
          Nothing more to do. Your plan starts when the money has arrived, usually within three to
          five days.
        </Frame>
      )
    case 'busy':
      return (
        <Frame tone="neutral" icon="clock" title="You have looked many times in a minute.">
          <p role="status">
            We ask Stripe about this checkout again in a minute. If you paid, there is no need to
            pay again: your plan starts by itself, also without this page.
          </p>
          <div className="mt-6 flex flex-wrap gap-3">
            <a href={where.here} className="button">
              Check again
            </a>
            <PageLink href="/settings/billing" className="button">
              Go to billing
            </PageLink>
          </div>
        </Frame>
      )
    case 'unknown':
      return (
        <Frame
          tone="neutral"
          icon="dash"
          title="We cannot find that checkout for this account."
          to="billing"
        >
          If you paid while signed in with another address, sign in with that one.
        </Frame>
      )
  }
}
