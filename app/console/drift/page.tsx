import { PageLink } from '@/app/components/page-link'
import { consoleMetadata, consolePage } from '@/app/console/console-page'
import { Heading } from '@/app/console/heading'
import { Nothing } from '@/app/console/section'
import { StatusMark } from '@/app/console/status-mark'
import { ValueDiff } from '@/app/console/value-diff'
import { When } from '@/app/console/when'
import type { FoundDrift } from '@/lib/console/audit'
import { readDrift } from '@/lib/console/drift'

export const generateMetadata = consoleMetadata('Drift')

export default consolePage('drift', async () => {
  const found = await readDrift()
  return (
    <>
      <Heading title="Drift">
        What the daily scan found to differ from Stripe. Each was marked then, and is repaired by
        the next read.
      </Heading>
      {found.length === 0 ? <Nothing>No scan has found a difference.</Nothing> : null}
      <ol className="card divide-y divide-line empty:hidden">
        {found.map((each) => (
          <li key={`${each.scope}${each.n}`} className="px-3 py-2.5">
            <p className="flex flex-wrap items-center gap-x-4 gap-y-1">
              <When at={each.at} />
              <PageLink
                href={
                  each.workspaceId
                    ? `/console/customers/${each.workspaceId}`
                    : `/console?q=${each.scope}`
                }
                className="link inline-flex min-h-6 items-center font-mono text-xs"
              >
                {each.scope}
              </PageLink>
              <Repaired of={each} />
            </p>
            <ValueDiff before={each.before} after={each.after} />
          </li>
        ))}
      </ol>
    </>
  )
})

function Repaired({ of: { at, lastSyncedAt, behind } }: { of: FoundDrift }) {
  if (!lastSyncedAt || lastSyncedAt <= at || behind) return <StatusMark status="waiting" />
  return (
    <span className="inline-flex items-center gap-2">
      <StatusMark status="repaired" /> <When at={lastSyncedAt} />
    </span>
  )
}
