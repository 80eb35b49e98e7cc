import { Day } from '@/app/components/day'
import { Money } from '@/app/components/money'
import { Nothing, Section } from '@/app/console/section'
import { StatusMark } from '@/app/console/status-mark'
import { Cell, RowHead, Table } from '@/app/console/table'
import type { Invoice as ListedInvoice } from '@/lib/billing/invoices'
import type { AtStripe } from '@/lib/console/at-stripe'
import { formatMoney } from '@/lib/money'

/** The newest invoices, which Stripe has and we do not. */
export function Invoices({ atStripe }: { atStripe: AtStripe | null }) {
  return (
    <Section id="invoices" title="Invoices">
      {atStripe?.kind === 'shown' ? <List of={atStripe.invoices} /> : <Silent of={atStripe} />}
    </Section>
  )
}

function Silent({ of }: { of: AtStripe | null }) {
  if (!of) return <Nothing>There is no customer at Stripe, so there are none.</Nothing>
  return <Nothing>Stripe has them, and was not read. What was paid stands in the timeline.</Nothing>
}

function List({ of }: { of: Extract<AtStripe, { kind: 'shown' }>['invoices'] }) {
  if (of.length === 0) return <Nothing>There are none.</Nothing>
  return (
    <>
      <Owed of={of} />
      <Table narrow label="Invoices" head={['Invoice', 'Of', 'Total', 'Open', 'Status']}>
        {of.map(({ id, number, pageUrl, created, total, remaining, status, back }) => (
          <tr key={id}>
            <RowHead>
              {pageUrl ? (
                <a href={pageUrl} className="link" rel="noreferrer">
                  {number ?? id}
                </a>
              ) : (
                (number ?? id)
              )}
            </RowHead>
            <Cell>
              <Day of={created} />
            </Cell>
            <Cell>
              <Money of={total} />
            </Cell>
            <Cell>
              <Money of={remaining} />
            </Cell>
            <Cell>
              <StatusMark status={status} />
              <Back of={{ back, currency: total.currency }} />
            </Cell>
          </tr>
        ))}
      </Table>
    </>
  )
}

/** Where several are open: what all of them ask for, by currency. */
function Owed({ of }: { of: Extract<AtStripe, { kind: 'shown' }>['invoices'] }) {
  const open = of.filter(({ status }) => status === 'open')
  if (open.length < 2) return null
  const sums = new Map<string, number>()
  for (const { remaining } of open)
    sums.set(remaining.currency, (sums.get(remaining.currency) ?? 0) + remaining.amount)
  const text = [...sums].map(([currency, amount]) => formatMoney({ amount, currency }))
  return (
    <p className="mb-2 font-medium">
      {text.join(' and ')} is owed, over {open.length} invoices.
    </p>
  )
}

type Returned = { back: ListedInvoice['back']; currency: string }

/** How much of what was paid went back, under what Stripe goes on calling paid. */
function Back({ of: { back, currency } }: { of: Returned }) {
  const texts = [
    ['refunded', back.refunded],
    ['credited', back.credited],
    ['lost in a dispute', back.takenBack],
    ['disputed', back.disputed],
  ] as const
  return texts
    .filter(([, amount]) => amount > 0)
    .map(([what, amount]) => (
      <span key={what} className="block text-ink-2">
        {formatMoney({ amount, currency })} {what}
      </span>
    ))
}
