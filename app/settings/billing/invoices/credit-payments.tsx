import { Chip } from '@/app/components/chip'
import { Day } from '@/app/components/day'
import { Money } from '@/app/components/money'
import type { CreditPayment } from '@/lib/billing/invoices'
import { creditNote, creditWord } from './invoice-words'
import { PAPER } from './papers'

/**
 * What was paid once, beside the invoices: Stripe makes a receipt for it and no invoice. Nothing
 * where there is none.
 */
export function CreditPayments({ of }: { of: CreditPayment[] }) {
  if (of.length === 0) return null
  return (
    <section aria-label="Single payments">
      <h2 className="mb-2 font-semibold">Single payments</h2>
      <ul className="card divide-y divide-line px-[min(1.5rem,6vw)]">
        {of.map((payment) => (
          <Row key={payment.id} payment={payment} />
        ))}
      </ul>
    </section>
  )
}

function Row({ payment }: { payment: CreditPayment }) {
  const { id, units, created, total, state } = payment
  const what = `${units.toLocaleString('en-US')} credits`
  const note = creditNote(payment)
  const charged = state === 'paid' || state === 'refunded'
  return (
    <li className="py-5">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-56">
          <h3 className="font-semibold">{what}</h3>
          <p className="mt-0.5 text-ink-3 text-sm">
            <Day of={created} />
          </p>
        </div>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 sm:flex-col sm:items-end">
          <p className="font-semibold">
            <Money of={total} />
          </p>
          <Chip {...creditWord(payment)} />
        </div>
      </div>
      {note ? <p className="mt-1 text-ink-3 text-sm">{note}</p> : null}
      {charged ? (
        <div className="mt-2 flex flex-wrap items-center gap-x-5 gap-y-2">
          <a href={`/settings/billing/invoices/${id}/receipt`} className={PAPER}>
            Receipt<span className="sr-only"> of {what}</span>
          </a>
        </div>
      ) : null}
    </li>
  )
}
