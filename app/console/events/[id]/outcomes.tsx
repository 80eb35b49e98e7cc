import { actorText } from '@/app/console/actor-text'
import { Nothing, Section } from '@/app/console/section'
import { ValueDiff } from '@/app/console/value-diff'
import { When } from '@/app/console/when'
import type { EventFile } from '@/lib/console/event'

/** What the audit trail says came of it, each with what stood before and after. */
export function Outcomes({ file }: { file: EventFile }) {
  return (
    <Section id="outcomes" title="What came of it">
      {file.outcomes.length === 0 ? (
        <Nothing>Nothing changed: our records said the same already, or it still waits.</Nothing>
      ) : null}
      <ol className="card divide-y divide-line empty:hidden">
        {file.outcomes.map((row) => (
          <li key={`${row.scope}${row.n}`} className="px-3 py-2.5">
            <p className="flex flex-wrap items-baseline gap-x-3">
              <When at={row.at} />
              <span className="font-medium">{row.sentence}</span>
              <span className="text-ink-3 text-xs">{actorText(row.actor, file.names)}</span>
            </p>
            <ValueDiff before={row.before} after={row.after} />
          </li>
        ))}
      </ol>
    </Section>
  )
}
