import type { Fill } from '@/app/console/fill'
import { FoldedAct } from '@/app/console/folded-act'
import { Section } from '@/app/console/section'
import { When } from '@/app/console/when'
import type { LeftOutEntry } from '@/lib/console/left-out'
import { isEventId } from '@/lib/ids'
import { closeUncounted, replayAllUnread } from './actions'

type Props = { leftOut: readonly LeftOutEntry[]; seen: number; fill: Fill }

/** What is in no figure of the revenue, with what to do; nothing where there is none. */
export function LeftOut({ leftOut, seen, fill }: Props) {
  if (leftOut.length === 0) return null
  return (
    <Section
      id="left-out"
      title="Left out of the revenue"
      aside="In no figure; access does not depend on it"
    >
      <ul className="card divide-y divide-line">
        {leftOut.map((entry) => (
          <Row key={entry.id} entry={entry} seen={seen} fill={fill} />
        ))}
        {leftOut.some(({ source }) => isEventId(source)) ? (
          <ReplayAll seen={seen} fill={fill} />
        ) : null}
      </ul>
    </Section>
  )
}

function ReplayAll({ seen, fill }: Omit<Props, 'leftOut'>) {
  return (
    <li className="px-3 py-2.5">
      <FoldedAct
        id="left-out-all"
        fill={fill}
        seen={seen}
        run={replayAllUnread}
        summary="Replay all events that could not be read…"
        button="Replay them"
        busy="Marking…"
      >
        <p className="text-ink-2">
          They are marked, and drained as webhooks are; up to 200 at once. What still cannot be read
          stays here.
        </p>
      </FoldedAct>
    </li>
  )
}

type RowProps = { entry: LeftOutEntry; seen: number; fill: Fill }

function Row({ entry, seen, fill }: RowProps) {
  const { id, customerId, source, error, leftAt } = entry
  return (
    <li className="px-3 py-2.5">
      <p className="wrap-anywhere font-mono text-xs">{error}</p>
      <p className="mt-1 flex flex-wrap items-center gap-x-4 text-ink-3 text-xs">
        <span>
          {source ? 'could not be read' : 'not counted yet'}, since <When at={leftAt} />
        </span>
        <a
          href={`/console?q=${customerId}`}
          className="link inline-flex min-h-6 items-center font-mono"
        >
          {customerId}
        </a>
        {source ? (
          <a
            href={isEventId(source) ? `/console/events/${source}` : `/console?q=${source}`}
            className="link inline-flex min-h-6 items-center font-mono"
          >
            {source}
          </a>
        ) : null}
      </p>
      <p className="mt-1 text-ink-2">
        <WhatNext entry={entry} />
      </p>
      <FoldedAct
        id={`left-out-${id}`}
        fill={fill}
        seen={seen}
        run={closeUncounted}
        summary={
          <>
            Close…<span className="sr-only"> {source ?? `what was left out of ${customerId}`}</span>
          </>
        }
        button="Close it"
        busy="Closing…"
      >
        <p className="text-ink-2">
          It comes into no figure then. What its event says can still be counted by a replay.
        </p>
        <input type="hidden" name="customer" value={customerId} />
        <input type="hidden" name="entry" value={id} />
      </FoldedAct>
    </li>
  )
}

function WhatNext({ entry: { source, attempts, nextRunAt } }: { entry: LeftOutEntry }) {
  if (source === null)
    return (
      <>
        The drain counts it by itself, next <When at={nextRunAt} />
        {attempts > 0 ? `, after ${attempts} ${attempts === 1 ? 'try' : 'tries'}` : ''}.
      </>
    )
  if (isEventId(source))
    return 'See that the endpoint at Stripe sends the API version of this application, or update the application. Then replay the event: what it says is counted, and this goes.'
  return 'Update the application. The next change of the subscription that can be read is counted, and this goes.'
}
