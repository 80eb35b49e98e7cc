import { Day } from '@/app/components/day'
import { Dot } from '@/app/components/dot'
import { Notice } from '@/app/components/notice'
import { PageLink } from '@/app/components/page-link'
import type { Activity } from '@/lib/audit/activity'
import { activityText } from './activity-words'

type Props = { activity: Activity[]; next: string | null; isFirst: boolean }

/** What was done, one sentence each, newest first, with who did it and on which day. */
export function ActivityList({ activity, next, isFirst }: Props) {
  if (activity.length === 0) {
    return <Notice tone="neutral" icon="info" title="There is nothing here yet." />
  }
  return (
    <div className="grid gap-6">
      <ol aria-label="Activity" className="card divide-y divide-line px-[min(1.5rem,6vw)]">
        {activity.map((each) => (
          <Entry key={each.key} of={each} />
        ))}
      </ol>
      {next || !isFirst ? (
        <nav aria-label="Pages of activity" className="flex flex-wrap gap-3">
          {isFirst ? null : (
            <PageLink href="/settings/billing/activity" className="button">
              Newest activity
            </PageLink>
          )}
          {next ? (
            <PageLink
              href={`/settings/billing/activity?before=${encodeURIComponent(next)}`}
              className="button"
            >
              Earlier activity
            </PageLink>
          ) : null}
        </nav>
      ) : null}
    </div>
  )
}

function Entry({ of }: { of: Activity }) {
  const { text, who } = activityText(of)
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-0.5 py-3.5">
      <p className="min-w-0 flex-1 basis-72">{text}</p>
      <p className="text-ink-3 text-sm">
        {who}
        <Dot />
        <Day of={of.at} />
      </p>
    </li>
  )
}
