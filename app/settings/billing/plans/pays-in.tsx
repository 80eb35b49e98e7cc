import { nameOfCurrency } from '@/app/pricing/plan-words'

/** That a subscriber pays in another currency than that of the list; nothing where the list is in theirs. */
export function PaysIn({ currency }: { currency: string | null }) {
  if (!currency) return null
  return (
    <p className="mt-5 text-center text-ink-3 text-sm">
      You pay in {nameOfCurrency(currency)}. Each change shows its amount in them before you agree.
    </p>
  )
}
