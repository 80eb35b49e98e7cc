import { Money } from '@/app/components/money'
import { Receipt, ReceiptRow, ReceiptTotal } from '@/app/components/receipt'
import { priceLabel } from '@/app/pricing/tax-words'
import type { Choice } from '@/lib/catalog/parse-choice'
import { PLANS } from '@/lib/catalog/plans'
import type { Terms } from './read-terms'

/** What was chosen, and what is known of its amount before Stripe's page says the whole. */
export function Offered({ choice, terms }: { choice: Choice; terms: Terms }) {
  const { price, due, trial, promotion, hasPlan } = terms
  return (
    <>
      <Receipt label="What you are about to pay">
        <ReceiptRow label="Plan">{PLANS[choice.tier].name}</ReceiptRow>
        <ReceiptRow label="Billed">{choice.interval === 'year' ? 'Yearly' : 'Monthly'}</ReceiptRow>
        {promotion?.kind === 'given' && !hasPlan ? (
          <ReceiptRow label="Promotion code">{promotion.promotion.code}</ReceiptRow>
        ) : null}
        {due?.currency === price.currency ? (
          <ReceiptRow label={priceLabel()}>
            <Money of={price} />
          </ReceiptRow>
        ) : null}
        <ReceiptTotal label={due ? 'Due at checkout' : trial ? 'After the trial' : priceLabel()}>
          <Money of={due ?? price} />
        </ReceiptTotal>
      </Receipt>
      {trial ? <p className="mt-3 text-ink-2 text-sm">{trial}</p> : null}
    </>
  )
}
