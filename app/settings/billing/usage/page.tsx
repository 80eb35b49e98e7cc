import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { Day } from '@/app/components/day'
import { Receipt, ReceiptRow } from '@/app/components/receipt'
import { Shell } from '@/app/components/shell'
import { inTime } from '@/app/in-time'
import { UsageMeter } from '@/app/settings/billing/usage-meter'
import { SettingsNav } from '@/app/settings/settings-nav'
import { currentUser } from '@/lib/auth/session'
import { type PeriodUsage, readPeriodUsage } from '@/lib/usage/this-period'
import { UsageChart } from './usage-chart'
import { UsageTable } from './usage-table'

export const metadata: Metadata = { title: 'Usage' }

export default inTime(UsagePage)

async function UsagePage() {
  const viewer = await currentUser()
  if (!viewer) redirect('/sign-in?return=/settings/billing/usage')
  const usage = await readPeriodUsage(viewer.actor.workspaceId)
  return (
    <Shell viewer={viewer} here="billing">
      <div className="py-12">
        <h1 className="display text-3xl">Usage</h1>
        <SettingsNav here="/settings/billing/usage" />
        <div className="grid gap-4">
          <UsageMeter usage={usage} />
          <Period usage={usage} />
          <section aria-labelledby="by-day" className="card p-[min(1.5rem,6vw)]">
            <h2 id="by-day" className="font-semibold">
              Uses by day
            </h2>
            <UsageChart usage={usage} />
            <div className="mt-6">
              <UsageTable days={usage.days} />
            </div>
            <p className="mt-4 text-ink-3 text-sm">
              Days are in UTC, and the first is shown whole. What credits paid for is in them, too.
            </p>
          </section>
        </div>
      </div>
    </Shell>
  )
}

function Period({ usage: { startsAt, resetsAt, used, limit, credits } }: { usage: PeriodUsage }) {
  return (
    <section aria-label="This period" className="card px-[min(1.5rem,6vw)] py-4">
      <Receipt label="This period">
        <ReceiptRow label="Began on">
          <Day of={startsAt} />
        </ReceiptRow>
        <ReceiptRow label="Begins anew on">
          <Day of={resetsAt} />
        </ReceiptRow>
        <ReceiptRow label="Left of your plan’s uses">
          {Math.max(0, limit - used).toLocaleString('en-US')}
        </ReceiptRow>
        <ReceiptRow label="Credits left">{credits.toLocaleString('en-US')}</ReceiptRow>
      </Receipt>
    </section>
  )
}
