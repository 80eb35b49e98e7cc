import { Icon } from '@/app/components/icons'
import { PageLink } from '@/app/components/page-link'
import { actorText } from '@/app/console/actor-text'
import { consoleMetadata, consolePage } from '@/app/console/console-page'
import { Heading } from '@/app/console/heading'
import { Nothing } from '@/app/console/section'
import { ValueDiff } from '@/app/console/value-diff'
import { When } from '@/app/console/when'
import { checkChain, readAudit } from '@/lib/console/audit'
import { AuditFilters } from './filters'
import { auditPath, readAuditFilter } from './read-filter'

export const generateMetadata = consoleMetadata('Audit')

export default consolePage('audit', async ({ query }) => {
  const filter = readAuditFilter(query)
  const [{ rows, names, older }, proof] = await Promise.all([
    readAudit(filter),
    filter.scope && query.verify === '1' ? checkChain(filter.scope) : null,
  ])
  return (
    <>
      <Heading title="Audit">Who did what, from what to what. No row can be changed.</Heading>
      <AuditFilters filter={filter} />
      {proof ? <Proof of={proof} /> : null}
      {rows.length === 0 ? <Nothing>There are none.</Nothing> : null}
      <ol className="card divide-y divide-line empty:hidden">
        {rows.map((row) => (
          <li key={`${row.scope}${row.n}`} className="px-3 py-2.5">
            <p className="flex flex-wrap items-baseline gap-x-3">
              <When at={row.at} />
              <span className="font-medium">{row.sentence}</span>
              <code className="font-mono text-ink-3 text-xs">{row.action}</code>
              <span className="text-ink-3 text-xs">{actorText(row.actor, names)}</span>
              <PageLink
                href={auditPath({ ...filter, scope: row.scope, before: null })}
                className="link inline-flex min-h-6 items-center font-mono text-xs"
              >
                {row.scope} {row.n}
              </PageLink>
            </p>
            <details>
              <summary className="link w-fit py-1 text-xs">
                Before and after
                <span className="sr-only">
                  {' '}
                  of row {row.n} of {row.scope}
                </span>
              </summary>
              <ValueDiff before={row.before} after={row.after} />
              <p className="wrap-anywhere mt-1 font-mono text-ink-3 text-xs">
                hash {row.hash}, on {row.prev || 'nothing'}
              </p>
            </details>
          </li>
        ))}
      </ol>
      {older ? (
        <p className="mt-2">
          <PageLink
            href={auditPath({ ...filter, before: older })}
            className="link inline-flex min-h-8 items-center"
          >
            Older
          </PageLink>
        </p>
      ) : null}
    </>
  )
})

function Proof({ of: { rows, faults } }: { of: { rows: number; faults: string[] } }) {
  const good = faults.length === 0
  return (
    <div
      role="status"
      className={`mb-3 flex gap-2 rounded-md px-3 py-2 ${good ? 'bg-ok-soft text-ok' : 'bg-danger-soft text-danger'}`}
    >
      <Icon name={good ? 'check' : 'alert'} className="mt-0.5 size-4" />
      <div>
        <p className="font-medium">
          {good
            ? `The chain holds: ${rows} rows, as they were written.`
            : `The chain does not hold: ${rows} rows.`}
        </p>
        {faults.map((fault) => (
          <p key={fault} className="wrap-anywhere">
            {fault}
          </p>
        ))}
      </div>
    </div>
  )
}
