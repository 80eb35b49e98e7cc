import { Money } from '@/app/components/money'
import { PageLink } from '@/app/components/page-link'
import { Receipt, ReceiptRow, ReceiptTotal } from '@/app/components/receipt'
import { SubmitButton } from '@/app/components/submit-button'
import { chargeNotes, chargeRows } from '@/app/settings/billing/charge-rows'
import { confirmChange } from '@/app/settings/billing/plans/actions'
import type { Review } from '@/lib/subscriptions/review-change'
import { differences } from './differences'
import { reviewWords } from './review-words'

/** What a change costs line by line, what comes and goes with it, and the one press that makes it. */
export function ReviewForm({ review }: { review: Review }) {
  const { preview, choice, billing, offer, when } = review
  const { title, detail, total, button, agreement } = reviewWords(review)
  const { gains, loses } = differences(billing.plan ?? billing.tier, choice.tier)
  const asksNow = when === 'now'
  return (
    <form action={confirmChange} className="card p-[min(1.5rem,6vw)]">
      <input type="hidden" name="offer" value={offer} />
      <input type="hidden" name="tier" value={choice.tier} />
      <input type="hidden" name="interval" value={choice.interval} />
      <h2 className="font-semibold text-lg">{title}</h2>
      <p className="mt-1 text-ink-2">{detail}</p>
      <div className="mt-4 border-line border-t pt-3">
        <Receipt label={asksNow ? 'What you pay now' : 'What you pay then'}>
          {chargeRows(preview).map(({ key, label, value }) => (
            <ReceiptRow key={key} label={label}>
              <Money of={value} />
            </ReceiptRow>
          ))}
          <ReceiptTotal label={total}>
            <Money of={{ amount: preview.due, currency: preview.currency }} />
          </ReceiptTotal>
        </Receipt>
        {chargeNotes(preview).map((note) => (
          <p key={note} className="mt-2 text-ink-3 text-sm">
            {note}
          </p>
        ))}
      </div>
      <Changes title="You gain" of={gains} />
      <Changes title="You lose" of={loses} />
      {agreement ? (
        <label className="mt-6 flex items-start gap-2.5">
          <input type="checkbox" name="agree" value="yes" required className="mt-1 size-4" />
          <span>{agreement}</span>
        </label>
      ) : null}
      <div className="mt-6 flex flex-wrap gap-3">
        <SubmitButton busy="Changing…" className="button-primary">
          {button}
        </SubmitButton>
        <PageLink href="/settings/billing/plans" className="button">
          Back to plans
        </PageLink>
      </div>
      <p className="mt-3 text-ink-3 text-sm">This offer holds for 15 minutes.</p>
    </form>
  )
}

function Changes({ title, of }: { title: string; of: string[] }) {
  if (of.length === 0) return null
  return (
    <div className="mt-4 text-[0.9375rem]">
      <p className="font-medium">{title}</p>
      <ul className="mt-1 list-disc pl-5 text-ink-2">
        {of.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
    </div>
  )
}
