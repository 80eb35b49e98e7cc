import { notFound } from 'next/navigation'
import { Suspense } from 'react'
import { StreamingFallback } from '@/app/components/streaming-fallback'
import { consoleMetadata, consolePage } from '@/app/console/console-page'
import { Outcome } from '@/app/console/outcome'
import { readMark, readTopic } from '@/app/console/read-query'
import { type AtStripe, readAtStripe } from '@/lib/console/at-stripe'
import { type CustomerFile, readCustomerFile } from '@/lib/console/customer'
import { readTimeline } from '@/lib/console/read-timeline'
import { isFeature } from '@/lib/entitlements/overridden'
import { why } from '@/lib/entitlements/why'
import { whyText } from '@/lib/entitlements/why-text'
import { isWorkspaceId, type WorkspaceId } from '@/lib/ids'
import { Access } from './access'
import { Acts } from './acts'
import { Checkouts } from './checkouts'
import { ComparedSubscriptions } from './compared'
import { Invoices } from './invoices'
import { Mails } from './mails'
import { Summary } from './summary'
import { TimelineSection } from './timeline'
import { Usage } from './usage'

export const generateMetadata = consoleMetadata('Customer')

export default consolePage('customers', async ({ params, query, operator, fill }) => {
  const { workspaceId } = params
  if (!isWorkspaceId(workspaceId)) notFound()
  const file = await readCustomerFile(workspaceId)
  if (!file) notFound()
  const topic = readTopic(query.show)
  const [timeline, chain] = await Promise.all([
    readTimeline(
      {
        workspaceId,
        customerIds: file.customers.map(({ id }) => id),
        // Of a team each person has billing of their own, which is not its.
        userIds: file.workspace.kind === 'personal' ? file.members.map(({ userId }) => userId) : [],
      },
      { before: readMark(query.before), topic },
    ),
    chainOf(workspaceId, query.why),
  ])
  const page = `/console/customers/${workspaceId}` as const
  // Asked once for both of the parts that show it.
  const atStripe = file.customerId
    ? readAtStripe(file.customerId, file.subscriptions, operator)
    : Promise.resolve(null)
  return (
    <>
      <Outcome query={query} page={page} />
      <Summary file={file} />
      <div className="grid gap-x-6 gap-y-7 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid min-w-0 grid-cols-1 content-start gap-7">
          <Suspense
            fallback={
              <StreamingFallback label="Reading Stripe" here={page}>
                <p className="card px-3 py-2.5 text-ink-3">Reading Stripe…</p>
              </StreamingFallback>
            }
          >
            <FromStripe file={file} atStripe={atStripe} />
          </Suspense>
          <TimelineSection timeline={timeline} page={page} topic={topic} />
          <Mails file={file} fill={fill} />
          <Checkouts file={file} />
        </div>
        <div className="grid min-w-0 grid-cols-1 content-start gap-7">
          <Acts file={file} fill={fill} />
          <Access file={file} chain={chain} />
          <Usage file={file} />
        </div>
      </div>
    </>
  )
})

async function FromStripe({
  file,
  atStripe,
}: {
  file: CustomerFile
  atStripe: Promise<AtStripe | null>
}) {
  const answer = await atStripe
  return (
    <>
      <ComparedSubscriptions file={file} atStripe={answer} />
      <Invoices atStripe={answer} />
    </>
  )
}

async function chainOf(workspaceId: WorkspaceId, asked: unknown) {
  if (!isFeature(asked)) return null
  return { feature: asked, lines: whyText(await why(workspaceId, asked)) }
}
