import { Notice } from '@/app/components/notice'
import { PageLink } from '@/app/components/page-link'
import type { Invoice, Invoices } from '@/lib/billing/invoices'
import { CreditPayments } from './credit-payments'
import { InvoiceRow } from './invoice-row'

type Props = {
  invoices: Invoices
  /** This very page, to ask again. */
  here: string
  isFirst: boolean
}

/** What is to be paid, then everything else, newest first. */
export function InvoiceList({ invoices, here, isFirst }: Props) {
  if (invoices.kind === 'none') return <Nothing />
  if (invoices.kind === 'away') return <Away here={here} />
  const { unpaid, invoices: others, credits, next } = invoices
  const none = unpaid.length === 0 && others.length === 0 && credits.length === 0
  if (none && !next && isFirst) return <Nothing />
  return (
    <div className="grid gap-6">
      <Group title="To pay" of={unpaid} />
      <Group
        title={isFirst ? 'Invoices' : 'Earlier invoices'}
        of={others}
        // The page's own title says the same.
        quiet={isFirst && unpaid.length === 0 && credits.length === 0}
      />
      <CreditPayments of={credits} />
      {next || !isFirst ? (
        <nav aria-label="Pages of invoices" className="flex flex-wrap gap-3">
          {isFirst ? null : (
            <PageLink href="/settings/billing/invoices" className="button">
              Newest invoices
            </PageLink>
          )}
          {next ? (
            <PageLink href={`/settings/billing/invoices?after=${next}`} className="button">
              Earlier invoices
            </PageLink>
          ) : null}
        </nav>
      ) : null}
    </div>
  )
}

type Grouped = { title: string; of: Invoice[]; quiet?: boolean }

function Group({ title, of, quiet = false }: Grouped) {
  if (of.length === 0) return null
  return (
    <section aria-label={title}>
      <h2 className={quiet ? 'sr-only' : 'mb-2 font-semibold'}>{title}</h2>
      <ul className="card divide-y divide-line px-[min(1.5rem,6vw)]">
        {of.map((invoice) => (
          <InvoiceRow key={invoice.id} invoice={invoice} />
        ))}
      </ul>
    </section>
  )
}

function Nothing() {
  return (
    <Notice
      tone="neutral"
      icon="info"
      title="There are no invoices yet."
      action={
        <PageLink href="/settings/billing/plans" className="button">
          See plans
        </PageLink>
      }
    >
      The first one is made with your first payment.
    </Notice>
  )
}

function Away({ here }: { here: string }) {
  return (
    <Notice
      role="status"
      tone="neutral"
      icon="clock"
      title="Your invoices cannot be read right now."
      action={
        // A plain link, so that it asks again with and without a script.
        <a href={here} className="button">
          Try again
        </a>
      }
    >
      Stripe, which keeps them, does not answer. Nothing has changed by that.
    </Notice>
  )
}
