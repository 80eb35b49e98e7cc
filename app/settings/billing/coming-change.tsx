import { Notice } from '@/app/components/notice'
import { SubmitButton } from '@/app/components/submit-button'
import type { Billing } from '@/lib/billing/billing'
import { formatMoney } from '@/lib/money'
import { owedOf } from '@/lib/owed'
import { shownCharge } from '@/lib/subscriptions/shown-charge'
import { ActButton } from './act-button'
import { comingStrip } from './coming-strip'
import { undoChange } from './plans/actions'

/** A plan that is to follow this one, and the way to take that back or to pay for it; nothing where none is. */
export function ComingChange({ billing }: { billing: Billing }) {
  const strip = comingStrip(billing)
  if (!strip) return null
  const { kind, title, detail } = strip
  const { open } = billing
  return (
    <Notice
      tone="info"
      icon="clock"
      title={title}
      label="About your plan"
      action={
        kind === 'price' || (kind === 'waits' && open?.isProcessing) ? null : kind === 'planned' ? (
          <form action={undoChange}>
            <SubmitButton busy="Taking it back…">Undo this change</SubmitButton>
          </form>
        ) : (
          <div className="flex flex-wrap gap-3">
            <ActButton act="pay" shown={shownCharge(open)} className="button-primary">
              {open ? `Pay ${formatMoney(owedOf(open))} now` : 'Pay now'}
            </ActButton>
            <ActButton act="card" shown={shownCharge(open)}>
              Use another card
            </ActButton>
          </div>
        )
      }
    >
      {detail}
    </Notice>
  )
}
