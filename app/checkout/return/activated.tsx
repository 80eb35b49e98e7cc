import { cardText } from '@/app/components/card-text'
import { Money } from '@/app/components/money'
import { PageLink } from '@/app/components/page-link'
import { Receipt, ReceiptRow, ReceiptTotal } from '@/app/components/receipt'
import { planBilled } from '@/app/settings/billing/interval-text'
import { isOnItsWay } from '@/app/settings/billing/plan-state'
import { Value } from '@/app/settings/billing/plan-summary'
import { nextDate } from '@/app/settings/billing/summary-rows'
import type { UserActor } from '@/lib/audit/actor'
import { PLANS } from '@/lib/catalog/plans'
import type { CheckoutOutcome } from '@/lib/checkout/confirm'
import { Frame } from './frame'
import { TrialBegun } from './trial-begun'

type Activated = Extract<CheckoutOutcome, { kind: 'activated' }>

/** Shown as often as the page is opened: it repeats what Stripe says, and does nothing. */
export function Activated({ outcome, actor }: { outcome: Activated; actor: UserActor | null }) {
  const { tier, receipt, before, billing } = outcome
  if (billing.status === 'trialing') return <TrialBegun outcome={outcome} actor={actor} />
  const plan = PLANS[tier]
  return (
    <Frame tone="ok" icon="check" title={`You’re on ${plan.name}.`}>
      <p role="status">
        {isOnItsWay(billing)
          ? 'Your plan is active. Your bank is processing its payment, and the receipt comes with the money.'
          : 'Your plan is active.'}
      </p>
      <div className="mt-6 text-ink">
        <Receipt label="Receipt">
          {before ? (
            <ReceiptRow label="Bought here">
              {planBilled(PLANS[before.tier].name, { ...before, recurrence: null })}
              {before.paid ? (
                <>
                  {' for '}
                  <Money of={before.paid} />
                </>
              ) : null}
            </ReceiptRow>
          ) : null}
          <ReceiptRow label={before ? 'Plan now' : 'Plan'}>{plan.name}</ReceiptRow>
          <ReceiptRow label="Uses a month">{plan.monthlyUses.toLocaleString('en-US')}</ReceiptRow>
          {receipt?.card ? (
            <ReceiptRow label="Paid with">{cardText(receipt.card)}</ReceiptRow>
          ) : null}
          {receipt?.number ? (
            <ReceiptRow label="Invoice">
              {receipt.invoiceUrl ? (
                <a href={receipt.invoiceUrl} className="link font-mono text-sm">
                  {receipt.number}
                </a>
              ) : (
                <span className="font-mono text-sm">{receipt.number}</span>
              )}
            </ReceiptRow>
          ) : null}
          {nextDate(billing).map(({ label, value }) => (
            <ReceiptRow key={label} label={label}>
              <Value of={value} />
            </ReceiptRow>
          ))}
          {receipt ? (
            <ReceiptTotal label="Paid">
              <Money of={receipt.paid} />
            </ReceiptTotal>
          ) : null}
        </Receipt>
      </div>
      <PageLink href="/settings/billing" className="button button-primary mt-7 w-full">
        Go to billing
      </PageLink>
    </Frame>
  )
}
