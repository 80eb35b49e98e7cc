import { PageLink } from '@/app/components/page-link'
import { SubmitButton } from '@/app/components/submit-button'
import type { Fill } from '@/app/console/fill'
import { ReasonField } from '@/app/console/reason-field'
import { Section } from '@/app/console/section'
import { ValueDiff } from '@/app/console/value-diff'
import { changesNothing, type DryRun } from '@/lib/console/dry-run'
import type { EventFile } from '@/lib/console/event'
import { replay } from './actions'

type Props = { file: EventFile; run: Promise<DryRun> | null; fill: Fill }

/** The name of its form. */
export const REPLAY = 'replay-reason'

/** First what a replay would do, and only beside that the button that does it. */
export async function Replay({ file, run, fill }: Props) {
  const shown = await run
  return (
    <Section id="replay" title="Replay">
      <div className="card px-3 py-3">
        {shown ? (
          <Shown file={file} run={shown} fill={fill} />
        ) : (
          <>
            <p className="mb-3 text-ink-2">
              A dry run reads Stripe and shows what a replay of this event would change.
            </p>
            <PageLink
              href={`/console/events/${file.id}?dry=1#replay`}
              className="button min-h-10! text-sm!"
            >
              Dry run
            </PageLink>
          </>
        )}
      </div>
    </Section>
  )
}

function Shown({ file, run, fill }: Omit<Props, 'run'> & { run: DryRun }) {
  if (run.kind === 'refused') return <p className="wrap-anywhere text-danger">{run.why}</p>
  const { rehearsal } = run
  const lists = [
    ['Facts that would be recorded', rehearsal.facts],
    ['What would go out', rehearsal.outbox],
    ['Who would be looked at next', rehearsal.marks],
    ['What would fail', rehearsal.failures],
  ] as const
  return (
    <>
      {changesNothing(rehearsal) ? (
        <p className="font-medium">Nothing would change: our records say what Stripe says.</p>
      ) : (
        <p className="font-medium">A replay now would do this, and nothing else:</p>
      )}
      {rehearsal.changes.map(({ action, before, after }) => (
        <div key={action + JSON.stringify(after)} className="mt-2">
          <p className="font-mono text-xs">{action}</p>
          <ValueDiff before={before} after={after} />
        </div>
      ))}
      {lists.map(([title, lines]) =>
        lines.length > 0 ? (
          <div key={title} className="mt-2">
            <p className="text-ink-3 text-xs">{title}</p>
            <ul>
              {lines.map((line) => (
                <li key={line} className="wrap-anywhere font-mono text-xs">
                  {line}
                </li>
              ))}
            </ul>
          </div>
        ) : null,
      )}
      <form action={replay} className="mt-4 grid gap-3 border-line border-t pt-3">
        <input type="hidden" name="event" value={file.id} />
        <input type="hidden" name="seen" value={file.seen} />
        <ReasonField id={REPLAY} fill={fill} />
        <SubmitButton busy="Replaying…" className="min-h-10! justify-self-start text-sm!">
          Replay
        </SubmitButton>
      </form>
    </>
  )
}
