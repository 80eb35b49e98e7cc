import { SubmitButton } from '@/app/components/submit-button'
import { changeCard } from '@/app/settings/billing/actions'

/** Stripe's own page for the same: the only way without a script or a key, and another one beside ours. */
export function AtStripe({ alone }: { alone: boolean }) {
  return (
    <form action={changeCard} className={alone ? '' : 'mt-4'}>
      {alone ? null : (
        <noscript>
          <p className="mb-3 text-ink-2">Without scripts it is added on Stripe’s page.</p>
        </noscript>
      )}
      <SubmitButton busy="Opening Stripe…" className={alone ? 'button-primary w-full' : 'w-full'}>
        {alone ? 'Add it on Stripe’s page' : 'Use Stripe’s page instead'}
      </SubmitButton>
    </form>
  )
}
