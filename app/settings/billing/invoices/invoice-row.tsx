import { Chip } from '@/app/components/chip'
import { Day } from '@/app/components/day'
import { Dot } from '@/app/components/dot'
import { Money } from '@/app/components/money'
import { SubmitButton } from '@/app/components/submit-button'
import type { Invoice } from '@/lib/billing/invoices'
import { shownCharge } from '@/lib/subscriptions/shown-charge'
import { payOne } from './actions'
import { amountNote, invoiceWord, linesText, reasonText } from './invoice-words'
import { PAPER } from './papers'

/** One invoice: what for, when, how much, where it stands, and its papers. */
export function InvoiceRow({ invoice }: { invoice: Invoice }) {
  const { status, isProcessing, dueDate } = invoice
  const isOpen = status === 'open'
  const [lines, note] = [linesText(invoice), amountNote(invoice)]
  return (
    <li className="py-5">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-56">
          <h3 className="font-semibold">{reasonText(invoice)}</h3>
          {lines ? <p className="mt-0.5 break-words text-[0.9375rem] text-ink-2">{lines}</p> : null}
          <p className="mt-0.5 text-ink-3 text-sm">
            <Day of={invoice.created} />
            {invoice.number ? (
              <>
                <Dot />
                <span translate="no">{invoice.number}</span>
              </>
            ) : null}
            {isOpen && dueDate ? (
              <>
                <Dot />
                {'due on '}
                <Day of={dueDate} />
              </>
            ) : null}
          </p>
        </div>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 sm:flex-col sm:items-end">
          <p className="font-semibold">
            <Money of={isOpen ? invoice.remaining : invoice.total} />
          </p>
          <Chip {...invoiceWord(invoice)} />
        </div>
      </div>
      {note ? <p className="mt-1 text-ink-3 text-sm">{note}</p> : null}
      <div className="mt-2 flex flex-wrap items-center gap-x-5 gap-y-2">
        {isOpen && !isProcessing ? (
          <form action={payOne}>
            <input type="hidden" name="shown" value={shownCharge(invoice)} />
            <SubmitButton busy="Paying…" className="button-primary">
              {/* One child: a button keeps its children apart. */}
              <span>
                Pay <Money of={invoice.remaining} />
              </span>
            </SubmitButton>
          </form>
        ) : null}
        <Papers of={invoice} />
      </div>
    </li>
  )
}

function Papers({ of: { id, number, pageUrl, pdfUrl, status, paid } }: { of: Invoice }) {
  const which = <span className="sr-only"> of invoice {number ?? 'without a number'}</span>
  return (
    <>
      {pageUrl ? (
        <a href={pageUrl} className={PAPER}>
          View{which}
        </a>
      ) : null}
      {pdfUrl ? (
        <a href={pdfUrl} className={PAPER}>
          PDF{which}
        </a>
      ) : null}
      {status === 'paid' && paid.amount > 0 ? (
        <a href={`/settings/billing/invoices/${id}/receipt`} className={PAPER}>
          Receipt{which}
        </a>
      ) : null}
    </>
  )
}
