import { Section } from '@/app/console/section'
import { When } from '@/app/console/when'
import type { readHealthPage } from '@/lib/console/health'

type Page = Awaited<ReturnType<typeof readHealthPage>>
type Props = Pick<Page, 'reads' | 'limit' | 'calls'>

/** How often Stripe was read in each of the last sixty minutes, beside how often it may be. */
export function Reads({ reads, limit, calls }: Props) {
  const most = Math.max(1, ...(reads ?? []).map((minute) => minute.reads))
  const busy = (reads ?? []).filter((minute) => minute.reads > 0).toReversed()
  return (
    <Section id="reads" title="Reads of Stripe" aside={`At most ${limit} a second`}>
      <div className="card px-3 py-3">
        {reads ? (
          <svg
            viewBox="0 0 240 48"
            className="h-16 w-full text-accent"
            role="img"
            aria-label={`Reads of Stripe in each of the last sixty minutes, at most ${most} in one`}
          >
            {reads.map((minute, n) => {
              const height = (minute.reads / most) * 46
              return (
                <rect
                  key={minute.at.toISOString()}
                  x={n * 4}
                  y={48 - Math.max(height, 1)}
                  width={3}
                  height={Math.max(height, 1)}
                  fill="currentColor"
                  opacity={minute.reads > 0 ? 1 : 0.25}
                />
              )
            })}
          </svg>
        ) : (
          <p className="text-ink-3">Redis, which counts them, does not answer.</p>
        )}
        <details className="mt-2">
          <summary className="link w-fit py-1 text-xs">As a table</summary>
          <table className="mt-1 text-left text-xs">
            <caption className="sr-only">Reads of Stripe by minute</caption>
            <thead>
              <tr>
                <th scope="col" className="pr-6 font-medium">
                  Minute
                </th>
                <th scope="col" className="font-medium">
                  Reads
                </th>
              </tr>
            </thead>
            <tbody>
              {busy.map((minute) => (
                <tr key={minute.at.toISOString()}>
                  <th scope="row" className="pr-6 font-normal">
                    <When at={minute.at} />
                  </th>
                  <td>{minute.reads}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
        <p className="mt-2 text-ink-3 text-xs">
          All calls of this server since its start: {calls.ok} answered, {calls.refused} refused,{' '}
          {calls.away} without an answer.
        </p>
      </div>
    </Section>
  )
}
