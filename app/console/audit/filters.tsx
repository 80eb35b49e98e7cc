import { PageLink } from '@/app/components/page-link'
import { Choose } from '@/app/console/choose'
import { AUDIT_ACTIONS } from '@/lib/audit-action'
import type { AuditFilter } from '@/lib/console/audit'
import { auditPath } from './read-filter'

const TAB =
  'inline-flex min-h-8 items-center rounded-md px-2.5 text-ink-2 hover:bg-subtle aria-[current]:bg-subtle aria-[current]:font-semibold aria-[current]:text-ink'

/** Everyone's rows or operators' own, one action, one chain; and of one chain whether it holds. */
export function AuditFilters({ filter }: { filter: AuditFilter }) {
  const { scope, operators } = filter
  const plain = { ...filter, before: null }
  return (
    <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
      <nav aria-label="Who" className="flex flex-wrap items-center gap-1">
        <PageLink
          href={auditPath({ ...plain, operators: false })}
          aria-current={operators ? undefined : 'true'}
          className={TAB}
        >
          Everyone
        </PageLink>
        <PageLink
          href={auditPath({ ...plain, operators: true })}
          aria-current={operators ? 'true' : undefined}
          className={TAB}
        >
          Operators
        </PageLink>
        {scope ? (
          <>
            <PageLink
              href={auditPath({ ...plain, scope: null })}
              className={`${TAB} link font-mono text-xs`}
            >
              {scope} ×<span className="sr-only"> Show every chain</span>
            </PageLink>
            <PageLink href={auditPath(plain, '&verify=1')} className={`${TAB} link`}>
              Check this chain
            </PageLink>
          </>
        ) : null}
      </nav>
      <Choose
        action="/console/audit"
        name="action"
        label="Action"
        value={filter.action}
        every="Every action"
        options={AUDIT_ACTIONS}
        kept={{ scope, by: operators ? 'operators' : null }}
      />
    </div>
  )
}
