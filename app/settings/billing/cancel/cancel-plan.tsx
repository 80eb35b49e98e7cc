import { FormOwner } from '@/app/components/form-owner'
import { Notice } from '@/app/components/notice'
import { PageLink } from '@/app/components/page-link'
import { SubmitButton } from '@/app/components/submit-button'
import { cancelPlan } from '@/app/settings/billing/acts'
import { canCancel, planName } from '@/app/settings/billing/plan-state'
import { stillCharged } from '@/app/settings/billing/still-charged'
import type { Typed } from '@/app/typed'
import type { Billing } from '@/lib/billing/billing'
import type { UserId } from '@/lib/ids'
import type { EndNow } from '@/lib/subscriptions/end-now'
import { Alternatives } from './alternatives'
import { consequences } from './consequences'
import { EndAtOnce } from './end-at-once'
import { Reasons } from './reasons'

const FORM = 'cancel'

type Props = { owner: UserId; billing: Billing; endNow?: EndNow | null; typed?: Typed }

/** The button stands under what it does; reasons and other ways are beside it, and none has to be passed first. */
export function CancelPlan({ owner, billing, endNow = null, typed = {} }: Props) {
  if (!canCancel(billing)) return <NothingToCancel billing={billing} />
  const { when, title, detail, loses } = consequences(billing)
  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      <form id={FORM} action={cancelPlan} className="card p-[min(1.5rem,6vw)]">
        <FormOwner of={owner} />
        <input type="hidden" name="when" value={when} />
        <h2 className="font-semibold text-lg">{title}</h2>
        <p className="mt-1 text-ink-2">{detail}</p>
        {loses.length > 0 ? (
          <>
            <p className="mt-4 font-medium text-[0.9375rem]">You lose:</p>
            <ul className="mt-1 list-disc pl-5 text-[0.9375rem] text-ink-2">
              {loses.map((each) => (
                <li key={each}>{each}</li>
              ))}
            </ul>
          </>
        ) : null}
        <div className="mt-6 flex flex-wrap gap-3">
          <SubmitButton busy="Canceling…" className="button-primary">
            {when === 'now' ? 'Cancel plan now' : 'Cancel plan'}
          </SubmitButton>
          <PageLink href="/settings/billing" className="button">
            {/* The link changes nothing: what is set to end already is not kept by it. */}
            {billing.isCanceling ? 'Back to billing' : `Keep ${planName(billing)}`}
          </PageLink>
        </div>
      </form>
      <div className="grid gap-6">
        {endNow ? <EndAtOnce billing={billing} of={endNow} /> : null}
        <Reasons form={FORM} typed={typed} />
        <Alternatives owner={owner} billing={billing} typed={typed} />
      </div>
    </div>
  )
}

function NothingToCancel({ billing }: { billing: Billing }) {
  return (
    <Notice
      tone="neutral"
      icon="info"
      title={
        billing.isCanceling
          ? `${planName(billing)} is canceled already.`
          : 'There is no plan to cancel.'
      }
      action={
        <PageLink href="/settings/billing" className="button">
          See billing
        </PageLink>
      }
    >
      {(billing.isCanceling && stillCharged(billing)) || 'You will not be charged again.'}
    </Notice>
  )
}
