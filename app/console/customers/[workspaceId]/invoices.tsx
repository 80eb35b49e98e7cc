import { Day } from '@/app/components/day'
import { Money } from '@/app/components/money'
import { Nothing, Section } from '@/app/console/section'
import { StatusMark } from '@/app/console/status-mark'
import { Cell, RowHead, Table } from '@/app/console/table'
import type { AtStripe } from '@/lib/console/at-stripe'

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
    <Table narrow label="Invoices" head={['Invoice', 'Of', 'Total', 'Open', 'Status']}>
      {of.map(({ id, number, pageUrl, created, total, remaining, status }) => (
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
          </Cell>
        </tr>
      ))}
    </Table>
  )
}
