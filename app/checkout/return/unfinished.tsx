import { PageLink } from '@/app/components/page-link'
import { SubmitButton } from '@/app/components/submit-button'
import { upgrade } from '@/app/pricing/actions'
import { PLANS } from '@/lib/catalog/plans'
import type { CheckoutOutcome } from '@/lib/checkout/confirm'
import { Frame } from './frame'

type Unfinished = Extract<CheckoutOutcome, { kind: 'open' | 'expired' }>

/** Left before paying. A new checkout is the same choice sent again, never something made from this address. */
export function Unfinished({ outcome }: { outcome: Unfinished }) {
  const { choice } = outcome
  const url = outcome.kind === 'open' ? outcome.url : null
  return (
    <Frame
      tone="neutral"
      icon="dash"
      title={
        outcome.kind === 'open' ? 'You left checkout before paying.' : 'That checkout has expired.'
      }
    >
      <p>Nothing was charged, and your plan is as it was.</p>
      <div className="mt-6 flex flex-wrap gap-3">
        {url ? (
          <a href={url} className="button button-primary">
            Resume checkout
          </a>
        ) : choice ? (
          <form action={upgrade}>
            <input type="hidden" name="tier" value={choice.tier} />
            <input type="hidden" name="interval" value={choice.interval} />
            <SubmitButton busy="Opening checkout…" className="button-primary">
              Start {PLANS[choice.tier].name} again
            </SubmitButton>
          </form>
        ) : null}
        <PageLink href="/pricing" className="button">
          See the plans
        </PageLink>
      </div>
    </Frame>
  )
}
