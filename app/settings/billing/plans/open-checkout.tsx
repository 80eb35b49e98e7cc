import { Notice } from '@/app/components/notice'
import { choiceText } from '@/app/components/price-text'
import { SubmitButton } from '@/app/components/submit-button'
import { upgrade } from '@/app/pricing/actions'
import type { Choice } from '@/lib/catalog/parse-choice'

/** A checkout that was left before paying, offered again: the same choice leads to the same page while that is what is sold. */
export function OpenCheckout({ choice }: { choice: Choice }) {
  return (
    <div className="mb-6 grid">
      <Notice role="status" tone="info" icon="info" title="You left checkout before paying.">
        Nothing was charged. Your checkout of {choiceText(choice)} is still open.
        <form action={upgrade} className="mt-3">
          <input type="hidden" name="tier" value={choice.tier} />
          <input type="hidden" name="interval" value={choice.interval} />
          <SubmitButton busy="Opening checkout…">Resume checkout</SubmitButton>
        </form>
      </Notice>
    </div>
  )
}
