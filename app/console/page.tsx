import { redirect } from 'next/navigation'
import { PageLink } from '@/app/components/page-link'
import { search } from '@/lib/console/search'
import { consoleMetadata, consolePage } from './console-page'
import { CustomerTable } from './customer-table'
import { Heading } from './heading'
import { Outcome } from './outcome'

export const generateMetadata = consoleMetadata('Customers')

export default consolePage('customers', async ({ query, operator }) => {
  const asked = typeof query.q === 'string' ? query.q : ''
  const found = await search(asked, operator)
  if (found.kind === 'customer') redirect(`/console/customers/${found.workspaceId}`)
  if (found.kind === 'event') redirect(`/console/events/${found.id}`)
  const { customers, remark, events } = found
  return (
    <>
      <Heading title={asked ? `Found for “${asked.slice(0, 80)}”` : 'Customers'}>
        {asked
          ? `${customers.length} of those that fit best.`
          : 'The newest first. Search for all others.'}
      </Heading>
      <Outcome query={query} page="/console" />
      {remark ? (
        <p role="status" className="card mb-4 px-4 py-3">
          {remark}{' '}
          {events ? (
            <PageLink href={`/console/events?customer=${events}`} className="link">
              Its events
            </PageLink>
          ) : null}
        </p>
      ) : null}
      {customers.length > 0 ? <CustomerTable customers={customers} /> : null}
      {customers.length === 0 && !remark ? (
        <p className="card px-4 py-3">No one has bought anything yet.</p>
      ) : null}
    </>
  )
})
