import { Notice } from '@/app/components/notice'
import type { Billing } from '@/lib/billing/billing'
import { formatMoment } from '@/lib/day'

/** Says plainly that what follows may be behind, and as of when it was true. */
export function StaleNotice({ billing }: { billing: Billing }) {
  if (!billing.stale) return null
  return (
    <Notice
      role="status"
      tone="neutral"
      icon="clock"
      title="We could not reach Stripe just now."
      action={
        // A plain link, so that it asks again with and without a script.
        <a href="/settings/billing?return=portal" className="button">
          Check again
        </a>
      }
    >
      {billing.asOf ? (
        <>
          What you see is as of{' '}
          <time dateTime={billing.asOf.toISOString()}>{formatMoment(billing.asOf)}</time>.
        </>
      ) : (
        'What you see may be behind.'
      )}
    </Notice>
  )
}
