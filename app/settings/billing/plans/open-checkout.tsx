import { Notice } from '@/app/components/notice'
import { SubmitButton } from '@/app/components/submit-button'
import { upgrade } from '@/app/pricing/actions'
import { planBilled } from '@/app/settings/billing/interval-text'
import type { Choice } from '@/lib/catalog/parse-choice'
import { PLANS } from '@/lib/catalog/plans'

/**
 * A checkout that was left before paying, offered again: the same choice leads to the same page while that is what is
 * sold. It names no amount: with a code or in another currency that is not the price.
 */
export function OpenCheckout({ choice }: { choice: Choice }) {
  const what = planBilled(PLANS[choice.tier].name, { ...choice, recurrence: null })
  return (
    <div className="mb-6 grid">
      <Notice role="status" tone="info" icon="info" title="You left checkout before paying.">
        Nothing was charged. Your checkout of {what} is still open.
        <form action={upgrade} className="mt-3">
          <input type="hidden" name="tier" value={choice.tier} />
          <input type="hidden" name="interval" value={choice.interval} />
          <SubmitButton busy="Opening checkout…">Resume checkout</SubmitButton>
        </form>
      </Notice>
    </div>
  )
}
