import { useId } from 'react'
import { Day } from '@/app/components/day'
import { Money } from '@/app/components/money'
import { Receipt, ReceiptRow, ReceiptTotal } from '@/app/components/receipt'
import { StreamingFallback } from '@/app/components/streaming-fallback'
import type { Billing } from '@/lib/billing/billing'
import type { NextCharge as Charge } from '@/lib/charge'
import { chargeNotes, chargeRows, paidWithText } from './charge-rows'
import { nextChargeTitle } from './next-charge-title'

/** What is charged next, when, and with what, by Stripe's own preview; nothing where nothing follows. */
export function NextCharge({ billing }: { billing: Billing }) {
  const id = useId()
  const title = nextChargeTitle(billing)
  if (!title) return null
  const { next } = billing
  return (
    <section aria-labelledby={id} className="card p-[min(1.5rem,6vw)]">
      <h2 id={id} className="font-semibold">
        {title}
      </h2>
      {next.kind === 'charge' ? <Amount charge={next.charge} title={title} /> : <NotKnown />}
    </section>
  )
}

function Amount({ charge, title }: { charge: Charge; title: string }) {
  const { due: amount, currency, at } = charge
  return (
    <>
      <div className="mt-3">
        <Receipt label={title}>
          {chargeRows(charge).map(({ key, label, value }) => (
            <ReceiptRow key={key} label={label}>
              <Money of={value} />
            </ReceiptRow>
          ))}
          <ReceiptTotal label={<Day of={at} />}>
            <Money of={{ amount, currency }} />
          </ReceiptTotal>
        </Receipt>
      </div>
      <p className="mt-3 text-ink-2 text-sm">{[how(charge), ...chargeNotes(charge)].join(' ')}</p>
    </>
  )
}

function how({ due, paidWith }: Charge): string {
  if (due === 0) return 'Nothing is charged on that day.'
  if (paidWith === null) return 'There is nothing on file to charge it to yet.'
  if (paidWith.kind === 'invoice') return 'An invoice for it is sent to you.'
  const what = paidWithText(paidWith)
  return what ? `It is charged to ${what}.` : 'It is charged to what you have on file.'
}

function NotKnown() {
  return (
    <p className="mt-2 text-[0.9375rem] text-ink-2">
      It is not known at this moment. Nothing has changed by that.{' '}
      <a href="/settings/billing" className="link">
        Ask again
      </a>
    </p>
  )
}

/** The size of what is coming, so that nothing jumps when it is there. */
export function NextChargeSkeleton() {
  return (
    <StreamingFallback label="Asking Stripe what is charged next…" here="/settings/billing">
      <div className="card p-[min(1.5rem,6vw)]">
        <div className="shimmer h-5 w-28" />
        <div className="shimmer mt-5 h-4 w-full" />
        <div className="mt-4 flex justify-between border-ink border-t pt-4">
          <div className="shimmer h-5 w-36" />
          <div className="shimmer h-6 w-20" />
        </div>
        <div className="shimmer mt-5 h-3.5 w-56" />
      </div>
    </StreamingFallback>
  )
}
