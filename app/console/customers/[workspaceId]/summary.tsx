import { Day } from '@/app/components/day'
import { StatusMark } from '@/app/console/status-mark'
import { tierName } from '@/app/console/tier-name'
import type { CustomerFile } from '@/lib/console/customer'
import { env } from '@/lib/env'

/** Who it is, what they have, and the ids that one copies. */
export function Summary({ file }: { file: CustomerFile }) {
  const { workspace, members, customerId, billing } = file
  const [owner] = members
  const title = workspace.name ?? owner?.name ?? owner?.email ?? 'A workspace without people'
  return (
    <header className="mb-5">
      <h1 className="wrap-anywhere font-semibold text-xl">{title}</h1>
      <p className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1 text-ink-2">
        <span className="font-medium">{tierName(billing.tier)}</span>
        <StatusMark status={billing.status} />
        {members.map(({ userId, email, role }) => (
          <span key={userId} className="wrap-anywhere">
            {email}
            {workspace.kind === 'team' ? ` (${role})` : ''}
          </span>
        ))}
        <span>
          Since <Day of={workspace.createdAt} />
        </span>
      </p>
      <p className="mt-1 flex flex-wrap items-center gap-x-4 text-ink-3 text-xs">
        {customerId ? (
          <a
            href={`https://dashboard.stripe.com/${env().stripe.livemode ? '' : 'test/'}customers/${customerId}`}
            className="link inline-flex min-h-6 items-center font-mono"
            rel="noreferrer"
          >
            {customerId}
          </a>
        ) : (
          <span>No customer at Stripe</span>
        )}
        <code className="font-mono">{workspace.id}</code>
      </p>
      {file.customers
        .filter(({ id }) => id !== customerId)
        .map(({ id, deletedAt }) => (
          <p key={id} className="mt-1 text-ink-3 text-xs">
            Had <code className="font-mono">{id}</code>
            {deletedAt ? (
              <>
                {' '}
                until <Day of={deletedAt} />
              </>
            ) : null}
          </p>
        ))}
    </header>
  )
}
