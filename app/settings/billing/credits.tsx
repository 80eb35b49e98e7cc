import { SubmitButton } from '@/app/components/submit-button'
import { CREDIT_PACKS } from '@/lib/catalog/credit-packs'
import { formatMoney } from '@/lib/money'
import { buyCredits } from './actions'

/** What is left of credits, and what can be bought; nothing where none are sold and none are left. */
export function Credits({ left, waits }: { left: number; waits: boolean }) {
  if (CREDIT_PACKS.length === 0 && left === 0) return null
  return (
    <section
      aria-labelledby="credits"
      className="card flex flex-wrap items-center gap-4 p-[min(1.5rem,6vw)]"
    >
      <div className="grow">
        <h2 id="credits" className="font-semibold">
          Credits
        </h2>
        <p className="text-ink-3 text-sm">
          {left > 0
            ? `${left.toLocaleString('en-US')} left, for uses beyond your plan’s.`
            : 'For uses beyond your plan’s, paid once.'}
        </p>
        {waits && (
          <p className="text-sm" role="status">
            Your payment is on its way. Its credits are here as soon as the money is.
          </p>
        )}
      </div>
      {CREDIT_PACKS.map(({ pack, name, price }) => (
        <form key={pack} action={buyCredits}>
          <input type="hidden" name="pack" value={pack} />
          <SubmitButton busy="Opening Stripe…">{`Buy ${name} for ${formatMoney(price)}`}</SubmitButton>
        </form>
      ))}
    </section>
  )
}
