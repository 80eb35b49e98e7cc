import { PageLink } from '@/app/components/page-link'
import type { ListedCustomer } from '@/lib/console/search'
import { StatusMark } from './status-mark'
import { Cell, RowHead, Table } from './table'
import { tierName } from './tier-name'

/** Customers, a row each, which leads to their page. */
export function CustomerTable({ customers }: { customers: readonly ListedCustomer[] }) {
  return (
    <Table label="Customers" head={['Who', 'Name', 'Plan', 'Status', 'Customer at Stripe']}>
      {customers.map(({ workspaceId, email, name, customerId, tier, status }) => (
        <tr key={workspaceId}>
          <RowHead>
            <PageLink href={`/console/customers/${workspaceId}`} className="link">
              {email ?? workspaceId}
            </PageLink>
          </RowHead>
          <Cell>{name ?? <span className="text-ink-3">none</span>}</Cell>
          <Cell>{tierName(tier)}</Cell>
          <Cell>
            <StatusMark status={status ?? 'none'} />
          </Cell>
          <Cell>
            {customerId ? (
              <code className="font-mono text-xs">{customerId}</code>
            ) : (
              <span className="text-ink-3">none</span>
            )}
          </Cell>
        </tr>
      ))}
    </Table>
  )
}
