import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { accessHere } from '@/app/access/here'
import { Offer } from '@/app/access/offer'
import { BackLink } from '@/app/components/back-link'
import { Receipt, ReceiptRow } from '@/app/components/receipt'
import { Shell } from '@/app/components/shell'
import { inTime } from '@/app/in-time'
import { currentUser } from '@/lib/auth/session'
import { allows } from '@/lib/entitlements/answer'
import type { WorkspaceId } from '@/lib/ids'
import { reportsByDay } from '@/lib/reports/list'

export const metadata: Metadata = { title: 'Analytics' }

export default inTime(AnalyticsPage)

async function AnalyticsPage() {
  const viewer = await currentUser()
  if (!viewer) redirect('/sign-in?return=/reports/analytics')
  const access = await accessHere()
  return (
    <Shell viewer={viewer} here="reports">
      <div className="py-12">
        <BackLink href="/reports">Reports</BackLink>
        <h1 className="display mt-2 mb-6 text-3xl">Analytics</h1>
        {allows(access, 'advanced_analytics') ? (
          <ByDay workspaceId={viewer.actor.workspaceId} />
        ) : (
          <Offer feature="advanced_analytics" access={access} />
        )}
      </div>
    </Shell>
  )
}

async function ByDay({ workspaceId }: { workspaceId: WorkspaceId }) {
  const days = await reportsByDay(workspaceId)
  return (
    <section className="card px-[min(1.5rem,6vw)] py-5">
      <h2 className="font-semibold">Reports by day</h2>
      {days.length > 0 ? (
        <Receipt label="Reports by day">
          {days.map(({ day, made }) => (
            <ReceiptRow key={day} label={day}>
              {made.toLocaleString('en-US')}
            </ReceiptRow>
          ))}
        </Receipt>
      ) : (
        <p className="mt-1 text-[0.9375rem] text-ink-3">There are none yet.</p>
      )}
    </section>
  )
}
