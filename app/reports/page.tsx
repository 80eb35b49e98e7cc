import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { after } from 'next/server'
import { Day } from '@/app/components/day'
import { Notice } from '@/app/components/notice'
import { PageLink } from '@/app/components/page-link'
import { type Query, readRefusal } from '@/app/components/read-refusal'
import { RefusalNotice } from '@/app/components/refusal'
import { Shell } from '@/app/components/shell'
import { readDone } from '@/app/done-at'
import { inTime } from '@/app/in-time'
import { UsageMeter } from '@/app/settings/billing/usage-meter'
import { readTyped } from '@/app/typed'
import { currentUser } from '@/lib/auth/session'
import { canUse } from '@/lib/billing/billing'
import { readBilling } from '@/lib/billing/read'
import { recentReports } from '@/lib/reports/list'
import { NewReport } from './new-report'
import { UsedUp } from './used-up'

export const metadata: Metadata = { title: 'Reports' }

export default inTime(ReportsPage)

async function ReportsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [viewer, query] = await Promise.all([currentUser(), searchParams])
  if (!viewer) redirect('/sign-in?return=/reports')
  const { actor } = viewer
  const [refusal, done] = await Promise.all([readRefusal(query), readDone('/reports', query)])
  const [billing, reports] = await Promise.all([
    readBilling(actor.workspaceId, { actor, refresh: 'stale', later: after }),
    recentReports(actor.workspaceId),
  ])
  return (
    <Shell viewer={viewer} here="reports">
      <div className="py-12">
        <h1 className="display text-3xl">Reports</h1>
        <p className="mt-1 mb-6">
          <PageLink href="/reports/analytics" className="link">
            Analytics
          </PageLink>
        </p>
        <div className="grid gap-4">
          {done === 'made' ? (
            <Notice role="status" tone="ok" icon="check" title="Your report is ready." />
          ) : refusal ? (
            <RefusalNotice of={refusal} />
          ) : null}
          {canUse(billing) ? (
            <NewReport owner={actor.id} typed={readTyped(refusal?.typed)} />
          ) : (
            <UsedUp billing={billing} />
          )}
          <UsageMeter usage={billing.usage} />
          {reports.length > 0 ? (
            <ul
              aria-label="Your reports"
              className="card divide-y divide-line px-[min(1.5rem,6vw)]"
            >
              {reports.map(({ id, title, createdAt }) => (
                <li key={id} className="flex flex-wrap justify-between gap-x-6 py-3.5">
                  <span className="min-w-0 break-words font-medium">{title}</span>
                  <span className="text-ink-3 text-sm">
                    <Day of={createdAt} />
                  </span>
                </li>
              ))}
            </ul>
          ) : (
            <p className="text-ink-3 text-sm">There are no reports yet.</p>
          )}
        </div>
      </div>
    </Shell>
  )
}
