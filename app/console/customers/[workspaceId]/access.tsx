import { Icon } from '@/app/components/icons'
import { PageLink } from '@/app/components/page-link'
import { actorText } from '@/app/console/actor-text'
import { Section } from '@/app/console/section'
import { tierName } from '@/app/console/tier-name'
import { When } from '@/app/console/when'
import type { CustomerFile } from '@/lib/console/customer'

type Props = { file: CustomerFile; chain: { feature: string; lines: string[] } | null }

/** What they may use, and for each thing why; the whole chain of one where it is asked for. */
export function Access({ file, chain }: Props) {
  const { current, decisions, workspace } = file
  const { validUntil } = current
  return (
    <Section id="access" title="Access">
      <div className="card divide-y divide-line">
        <p className="px-3 py-2.5">
          <span className="font-semibold">{tierName(current.tier)}</span>, access {current.access}
          {validUntil ? (
            <>
              {' '}
              until <When at={validUntil} />
            </>
          ) : null}
          <span className="wrap-anywhere mt-0.5 block text-ink-3 text-xs">{current.reason}</span>
        </p>
        <ul className="divide-y divide-line">
          {decisions.map(({ feature, name, decision }) => (
            <li key={feature} className="px-3 py-2">
              <div className="flex items-center justify-between gap-3">
                <span
                  className={`inline-flex items-center gap-1.5 font-medium ${decision.allowed ? 'text-ok' : 'text-ink-2'}`}
                >
                  <Icon name={decision.allowed ? 'check' : 'dash'} className="size-3.5" />
                  {name}: {decision.allowed ? 'yes' : 'no'}
                </span>
                <PageLink
                  href={`/console/customers/${workspace.id}?why=${feature}#access`}
                  className="link inline-flex min-h-6 items-center text-xs"
                >
                  Why?<span className="sr-only"> {name}</span>
                </PageLink>
              </div>
              <p className="wrap-anywhere text-ink-3 text-xs">{decision.sentence}</p>
              {chain?.feature === feature ? (
                <pre className="wrap-anywhere mt-2 whitespace-pre-wrap rounded-md bg-subtle p-2 font-mono text-xs">
                  {chain.lines.map((line) => line.trim()).join('\n')}
                </pre>
              ) : null}
            </li>
          ))}
        </ul>
        <Overrides file={file} />
      </div>
    </Section>
  )
}

function Overrides({ file }: { file: CustomerFile }) {
  return file.overrides.map((each) => (
    <p key={`${each.kind}:${each.name}`} className="px-3 py-2 text-xs">
      <span className="font-medium">
        {each.effect === 'grant' ? 'Given by hand' : 'Taken away by hand'}:{' '}
        {each.kind === 'plan' ? tierName(each.tier) : each.name}
        {each.amount === null ? '' : ` ${each.amount}`}
      </span>{' '}
      {each.revokedAt ? 'revoked' : each.inForce ? 'until' : 'over since'}{' '}
      <When at={each.revokedAt ?? each.expiresAt} />
      <span className="wrap-anywhere block text-ink-3">
        “{each.reason}” by {actorText(each.actor, file.names)}
      </span>
    </p>
  ))
}
