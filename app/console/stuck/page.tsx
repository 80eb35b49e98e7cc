import { PageLink } from '@/app/components/page-link'
import { consoleMetadata, consolePage } from '@/app/console/console-page'
import type { Fill } from '@/app/console/fill'
import { FoldedAct } from '@/app/console/folded-act'
import { Heading } from '@/app/console/heading'
import { Outcome } from '@/app/console/outcome'
import { Nothing, Section } from '@/app/console/section'
import { When } from '@/app/console/when'
import { readLeftOut } from '@/lib/console/left-out'
import { type Group, KINDS, type Kind, readStuck } from '@/lib/console/stuck'
import { readProblems } from '@/lib/customers/read-problems'
import { replayAll } from './actions'
import { LeftOut } from './left-out'
import { Problems } from './problems'

export const generateMetadata = consoleMetadata('Stuck')

export default consolePage('stuck', async ({ query, fill }) => {
  const [{ groups, seen }, problems, uncounted] = await Promise.all([
    readStuck(),
    readProblems(),
    readLeftOut(),
  ])
  return (
    <>
      <Heading title="Stuck">
        What does not go on by itself, or not soon, grouped by its cause.
      </Heading>
      <Outcome query={query} page="/console/stuck" />
      <div className="grid grid-cols-1 gap-7">
        <Problems problems={problems} />
        <LeftOut {...uncounted} fill={fill} />
        {KINDS.map((kind) => {
          const own = groups.filter((group) => group.kind === kind)
          return (
            <Section key={kind} id={kind} title={WORDS[kind].title} aside={WORDS[kind].what}>
              {own.length === 0 ? <Nothing>None.</Nothing> : null}
              <ul className="card divide-y divide-line empty:hidden">
                {own.map((group) => (
                  <GroupRow key={group.signature} group={group} seen={seen} fill={fill} />
                ))}
              </ul>
            </Section>
          )
        })}
      </div>
    </>
  )
})

const WORDS: Record<Kind, { title: string; what: string }> = {
  dead: { title: 'Dead events', what: 'Their fact could not be recorded in eight tries' },
  parked: { title: 'Parked customers', what: 'Could not be read for about a day; still tried' },
  stuck: { title: 'Stuck customers', what: 'Due for five minutes, or failed lately' },
}

type RowProps = { group: Group; seen: number; fill: Fill }

function GroupRow({ group, seen, fill }: RowProps) {
  const { kind, signature, title, count, customers, first, last, example } = group
  const what = kind === 'dead' ? 'event' : 'customer'
  return (
    <li className="px-3 py-2.5">
      <p className="wrap-anywhere font-mono text-xs">{title}</p>
      <p className="mt-1 flex flex-wrap items-center gap-x-4 text-ink-3 text-xs">
        <span>
          {count} {what}
          {count === 1 ? '' : 's'}
          {kind === 'dead' ? ` of ${customers}` : ''}
        </span>
        <span>
          {kind === 'dead' ? 'from' : 'tried next from'} <When at={first} /> to <When at={last} />
        </span>
        <PageLink
          href={kind === 'dead' ? `/console/events/${example}` : `/console?q=${example}`}
          className="link inline-flex min-h-6 items-center font-mono"
        >
          {example}
        </PageLink>
      </p>
      <FoldedAct
        id={`${kind}-${example}`}
        fill={fill}
        seen={seen}
        run={replayAll}
        summary={
          <>
            Replay all {count}…<span className="sr-only"> of {title.slice(0, 60)}</span>
          </>
        }
        button={
          <>
            Replay {count} {what}
            {count === 1 ? '' : 's'}
          </>
        }
        busy="Marking…"
      >
        <p className="text-ink-2">
          They are marked, and drained as webhooks are; up to 200 at once. What cannot be done comes
          back here.
        </p>
        <input type="hidden" name="kind" value={kind} />
        <input type="hidden" name="signature" value={signature} />
      </FoldedAct>
    </li>
  )
}
