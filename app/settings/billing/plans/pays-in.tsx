import { nameOfCurrency } from '@/app/pricing/plan-words'

/** That a customer pays in another currency than that of the list; nothing where the list is in theirs. */
export function PaysIn({ currency }: { currency: string | null }) {
  if (!currency) return null
  return (
    <p className="mt-5 text-center text-ink-3 text-sm">
      You pay in {nameOfCurrency(currency)}. You see the amount in them before you agree.
    </p>
  )
}
