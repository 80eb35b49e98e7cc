import { FormOwner } from '@/app/components/form-owner'
import { PageLink } from '@/app/components/page-link'
import { SubmitButton } from '@/app/components/submit-button'
import { pausePlan } from '@/app/settings/billing/acts'
import { planName } from '@/app/settings/billing/plan-state'
import type { Typed } from '@/app/typed'
import type { Billing } from '@/lib/billing/billing'
import { SELF_SERVICE } from '@/lib/catalog/self-service'
import type { UserId } from '@/lib/ids'
import { endsAtOnce } from '@/lib/subscriptions/ends-at-once'
import { canPause, isStillToPay } from '@/lib/subscriptions/pause-until'

type Props = { owner: UserId; billing: Billing; typed: Typed }

/** What a user who hesitates can do instead; reading it is optional. */
export function Alternatives({ owner, billing, typed }: Props) {
  // Neither is open to one that is not in order: it is paid first.
  if (endsAtOnce(billing.status)) return null
  const { pauseMonths } = SELF_SERVICE
  const [first] = pauseMonths
  const isBilled = isStillToPay(billing.money.payment)
  const pauses =
    first !== undefined && canPause({ ...billing, isBilled }) && !billing.collectionPaused
  return (
    <section
      aria-label="Instead of canceling"
      className="card divide-y divide-line px-[min(1.5rem,6vw)]"
    >
      {pauses ? (
        <form action={pausePlan} className="py-5">
          <FormOwner of={owner} />
          <p className="font-semibold">Pause {planName(billing)}</p>
          <p className="mt-1 text-[0.9375rem] text-ink-2">
            It stays on until the month that is paid for ends. Nothing is charged while it is
            paused, and it goes on by itself.
          </p>
          <div className="mt-3 flex flex-wrap items-center gap-3">
            <label className="flex items-center gap-2 text-[0.9375rem]">
              For
              <select name="months" defaultValue={typed.months ?? first} className="field w-auto">
                {pauseMonths.map((months) => (
                  <option key={months} value={months}>
                    {months === 1 ? '1 month' : `${months} months`}
                  </option>
                ))}
              </select>
            </label>
            <SubmitButton busy="Pausing…">Pause plan</SubmitButton>
          </div>
        </form>
      ) : null}
      <div className="py-5">
        <p className="font-semibold">Another plan</p>
        <p className="mt-1 text-[0.9375rem] text-ink-2">
          A smaller one, or the same by the year, costs less.{' '}
          <PageLink href="/settings/billing/plans" className="link">
            Compare plans
          </PageLink>
        </p>
      </div>
    </section>
  )
}
