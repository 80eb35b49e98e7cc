import { PageLink } from '@/app/components/page-link'
import { spanText } from '@/app/console/span'
import { StatusMark } from '@/app/console/status-mark'
import { Cell, RowHead, Table } from '@/app/console/table'
import { When } from '@/app/console/when'
import type { ListedEvent } from '@/lib/console/events'

export function EventTable({ events }: { events: readonly ListedEvent[] }) {
  return (
    <Table
      label="Events"
      head={['Event', 'State', 'Received', 'On its way', 'To done', 'Tries', 'About']}
    >
      {events.map((each) => (
        <tr key={each.id}>
          <RowHead>
            <PageLink href={`/console/events/${each.id}`} className="link font-mono text-xs">
              {each.type}
            </PageLink>
          </RowHead>
          <Cell>
            <StatusMark status={each.state} />
          </Cell>
          <Cell>
            <When at={each.receivedAt} />
          </Cell>
          <Cell>{spanText(each.receivedAt.getTime() - each.stripeCreatedAt.getTime())}</Cell>
          <Cell>
            {each.doneAt ? spanText(each.doneAt.getTime() - each.receivedAt.getTime()) : '–'}
          </Cell>
          <Cell>{each.attempts}</Cell>
          <Cell>
            <code className="font-mono text-xs">{each.customerId ?? each.objectId ?? '–'}</code>
          </Cell>
        </tr>
      ))}
    </Table>
  )
}
