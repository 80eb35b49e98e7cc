import { PageLink } from '@/app/components/page-link'
import { SubmitButton } from '@/app/components/submit-button'
import { upgrade } from '@/app/pricing/actions'
import { PLANS } from '@/lib/catalog/plans'
import type { CheckoutOutcome } from '@/lib/checkout/confirm'
import { Frame } from './frame'

type Unfinished = Extract<CheckoutOutcome, { kind: 'open' | 'expired' }>

/**
 * Left before paying. Going on is the same choice sent again, which leads to the open page while its
 * terms hold and to a new one otherwise, with the promotion code that it had; nothing is made from this address.
 */
export function Unfinished({ outcome, session }: { outcome: Unfinished; session: string }) {
  const { choice, kind } = outcome
  return (
    <Frame
      tone="neutral"
      icon="dash"
      title={kind === 'open' ? 'You left checkout before paying.' : 'That checkout has expired.'}
    >
      <p>Nothing was charged, and your plan is as it was.</p>
      <div className="mt-6 flex flex-wrap gap-3">
        {choice ? (
          <form action={upgrade}>
            <input type="hidden" name="tier" value={choice.tier} />
            <input type="hidden" name="interval" value={choice.interval} />
            <input type="hidden" name="from" value={session} />
            <SubmitButton busy="Opening checkout…" className="button-primary">
              {kind === 'open' ? 'Resume checkout' : `Start ${PLANS[choice.tier].name} again`}
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
