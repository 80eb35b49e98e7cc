import { PageLink } from '@/app/components/page-link'
import { actorText } from '@/app/console/actor-text'
import { markText } from '@/app/console/read-query'
import { Nothing, Section } from '@/app/console/section'
import { StatusMark } from '@/app/console/status-mark'
import { When } from '@/app/console/when'
import type { Timeline } from '@/lib/console/read-timeline'
import { type Act, type Said, TOPICS, type Topic } from '@/lib/console/timeline'

type Props = { timeline: Timeline; page: `/console/customers/${string}`; topic: Topic | null }

/** What happened, the newest first: a sentence for each act, and what Stripe reported of it. */
export function TimelineSection({ timeline, page, topic }: Props) {
  const { acts, names, older } = timeline
  return (
    <Section id="timeline" title="Timeline" aside="UTC, the newest first">
      <nav aria-label="Timeline" className="mb-2 flex flex-wrap gap-1">
        {[null, ...TOPICS].map((each) => (
          <PageLink
            key={each}
            href={`${page}${each ? `?show=${each}` : ''}#timeline`}
            aria-current={each === topic ? 'true' : undefined}
            className="inline-flex min-h-8 items-center rounded-md px-2.5 text-ink-2 capitalize hover:bg-subtle aria-[current]:bg-subtle aria-[current]:font-semibold aria-[current]:text-ink"
          >
            {each ?? 'all'}
          </PageLink>
        ))}
      </nav>
      {acts.length === 0 ? <Nothing>Nothing of the kind happened.</Nothing> : null}
      <ol className="card divide-y divide-line empty:hidden">
        {acts.map((act) => (
          <ActRow
            key={`${act.at.toISOString()}${act.headline.scope}${act.headline.n}`}
            act={act}
            names={names}
          />
        ))}
      </ol>
      {older ? (
        <p className="mt-2">
          <PageLink
            href={`${page}?before=${encodeURIComponent(markText(older))}${topic ? `&show=${topic}` : ''}#timeline`}
            className="link inline-flex min-h-8 items-center"
          >
            Older
          </PageLink>
        </p>
      ) : null}
    </Section>
  )
}

function ActRow({ act, names }: { act: Act; names: ReadonlyMap<string, string> }) {
  const { headline, more, events } = act
  return (
    <li className="grid gap-x-4 px-3 py-2.5 sm:grid-cols-[9.5rem_1fr]">
      <When at={headline.at} />
      <div className="min-w-0">
        <Sentence of={headline} names={names} strong />
        {more.map((each) => (
          <Sentence key={`${each.scope}${each.n}`} of={each} names={names} />
        ))}
        {events.length > 0 ? (
          <details className="mt-1">
            <summary className="link w-fit py-1 text-xs">
              {events.length === 1 ? '1 event' : `${events.length} events`} of Stripe
            </summary>
            <ul className="mt-1 grid gap-0.5">
              {events.map(({ id, type, state }) => (
                <li key={id} className="flex flex-wrap items-center gap-x-3 text-xs">
                  <PageLink
                    href={`/console/events/${id}`}
                    className="link inline-flex min-h-6 items-center font-mono"
                  >
                    {type}
                  </PageLink>
                  <StatusMark status={state} />
                </li>
              ))}
            </ul>
          </details>
        ) : null}
      </div>
    </li>
  )
}

function Sentence({
  of: { sentence, chips, actor, reason },
  names,
  strong = false,
}: {
  of: Said
  names: ReadonlyMap<string, string>
  strong?: boolean
}) {
  return (
    <p className={strong ? '' : 'text-ink-2 text-xs'}>
      <span className={strong ? 'font-medium' : ''}>{sentence}</span>{' '}
      {chips.map((chip) => (
        <span
          key={chip}
          className="mr-1 inline-block rounded-sm bg-subtle px-1.5 text-ink-2 text-xs"
        >
          {chip}
        </span>
      ))}
      <span className="text-ink-3 text-xs">{actorText(actor, names)}</span>
      {reason ? <span className="wrap-anywhere block text-ink-2 text-xs">“{reason}”</span> : null}
    </p>
  )
}
