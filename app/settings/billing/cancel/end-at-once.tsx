import { useId } from 'react'
import { Money } from '@/app/components/money'
import { SubmitButton } from '@/app/components/submit-button'
import { cancelPlan } from '@/app/settings/billing/acts'
import { planName } from '@/app/settings/billing/plan-state'
import type { Billing } from '@/lib/billing/billing'
import { FREE } from '@/lib/catalog/plans'
import type { EndNow } from '@/lib/subscriptions/end-now'

/** The way to end what is paid for at once, where customers may: the money first, then what is gone. */
export function EndAtOnce({ billing, of: { refund, offer } }: { billing: Billing; of: EndNow }) {
  const id = useId()
  const back = refund.amount > 0
  return (
    <form action={cancelPlan} aria-labelledby={id} className="card p-[min(1.5rem,6vw)]">
      <input type="hidden" name="when" value="now" />
      <input type="hidden" name="offer" value={offer} />
      <h2 id={id} className="font-semibold">
        Or end {planName(billing)} now
      </h2>
      <p className="mt-1 text-[0.9375rem] text-ink-2">
        {back ? (
          <>
            <Money of={refund} /> for the time that is left is sent back the way it was paid.
          </>
        ) : (
          'Nothing is sent back for the time that is left.'
        )}{' '}
        The limits of {FREE.name} apply at once, and it cannot be taken back.
      </p>
      <div className="mt-4">
        <SubmitButton busy="Ending it…">
          {/* One child: a button keeps its children apart. */}
          <span>
            {back ? (
              <>
                End it now, and get <Money of={refund} /> back
              </>
            ) : (
              'End it now'
            )}
          </span>
        </SubmitButton>
      </div>
    </form>
  )
}
