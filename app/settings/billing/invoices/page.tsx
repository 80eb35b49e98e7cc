import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { Suspense } from 'react'
import { Notice } from '@/app/components/notice'
import type { Query } from '@/app/components/read-refusal'
import { Refusal } from '@/app/components/refusal'
import { Shell } from '@/app/components/shell'
import { StreamingFallback } from '@/app/components/streaming-fallback'
import { inTime } from '@/app/in-time'
import { SettingsNav } from '@/app/settings/settings-nav'
import type { UserActor } from '@/lib/audit/actor'
import { currentUser } from '@/lib/auth/session'
import { type Invoices, readInvoices } from '@/lib/billing/invoices'
import { type InvoiceId, isInvoiceId } from '@/lib/ids'
import { formatMoney } from '@/lib/money'
import { InvoiceList } from './invoice-list'

export const metadata: Metadata = { title: 'Invoices' }

export default inTime(InvoicesPage)

async function InvoicesPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [viewer, query] = await Promise.all([currentUser(), searchParams])
  if (!viewer) redirect('/sign-in?return=/settings/billing/invoices')
  const after = isInvoiceId(query.after) ? query.after : null
  return (
    <Shell viewer={viewer} here="billing">
      <div className="py-12">
        <h1 className="display text-3xl">Invoices</h1>
        <SettingsNav here="/settings/billing/invoices" />
        <div className="mb-6 grid empty:hidden">
          <Refusal query={query} />
        </div>
        <Suspense fallback={<Reading />}>
          <List actor={viewer.actor} after={after} paid={query.paid} />
        </Suspense>
      </div>
    </Shell>
  )
}

type Visit = { actor: UserActor; after: InvoiceId | null; paid: unknown }

const List = inTime(async ({ actor, after, paid }: Visit) => {
  const invoices = await readInvoices(actor, after)
  return (
    <div className="grid gap-6">
      <PaidNotice invoices={invoices} id={paid} />
      <InvoiceList
        invoices={invoices}
        here={`/settings/billing/invoices${after ? `?after=${after}` : ''}`}
        isFirst={after === null}
      />
    </div>
  )
})

// Anyone can write the address: what it names is said only where it is so by Stripe's own list.
function PaidNotice({ invoices, id }: { invoices: Invoices; id: unknown }) {
  if (invoices.kind !== 'list') return null
  const ordered = invoices.unpaid.find((each) => each.id === id && each.isProcessing)
  if (ordered) {
    const title = `Your bank was asked for ${formatMoney(ordered.remaining)}, and answers in some days. Until then there is nothing to pay.`
    return <Notice role="status" tone="info" icon="clock" title={title} />
  }
  const invoice = invoices.invoices.find((each) => each.id === id && each.status === 'paid')
  if (!invoice) return null
  const title = `Paid: ${formatMoney(invoice.total)}. Nothing of that invoice is open any more.`
  return <Notice role="status" tone="ok" icon="check" title={title} />
}

function Reading() {
  return (
    <StreamingFallback label="Reading your invoices…" here="/settings/billing/invoices">
      <div className="card divide-y divide-line px-[min(1.5rem,6vw)]">
        {['one', 'two', 'three'].map((key) => (
          <div key={key} className="py-5">
            <div className="shimmer h-5 w-32" />
            <div className="shimmer mt-3 h-4 w-64 max-w-full" />
            <div className="shimmer mt-3 h-4 w-40" />
          </div>
        ))}
      </div>
    </StreamingFallback>
  )
}
