import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import type { Query } from '@/app/components/read-refusal'
import { Shell } from '@/app/components/shell'
import { inTime } from '@/app/in-time'
import { SettingsNav } from '@/app/settings/settings-nav'
import { readActivity } from '@/lib/audit/activity'
import { currentUser } from '@/lib/auth/session'
import { ActivityList } from './activity-list'
import { HIDDEN } from './activity-words'

export const metadata: Metadata = { title: 'Activity' }

export default inTime(ActivityPage)

async function ActivityPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [viewer, query] = await Promise.all([currentUser(), searchParams])
  if (!viewer) redirect('/sign-in?return=/settings/billing/activity')
  const { before } = query
  const read = await readActivity(viewer.actor, { before, hidden: HIDDEN })
  return (
    <Shell viewer={viewer} here="billing">
      <div className="py-12">
        <h1 className="display text-3xl">Activity</h1>
        <SettingsNav here="/settings/billing/activity" />
        <ActivityList {...read} isFirst={before === undefined} />
        <p className="mt-4 text-ink-3 text-sm">
          Days are in UTC. “Support” is someone who runs this application.
        </p>
      </div>
    </Shell>
  )
}
