import { notFound } from 'next/navigation'
import { Suspense } from 'react'
import { StreamingFallback } from '@/app/components/streaming-fallback'
import { consoleMetadata, consolePage } from '@/app/console/console-page'
import { Outcome } from '@/app/console/outcome'
import { Section } from '@/app/console/section'
import { operatorActor } from '@/lib/audit/actor'
import { dryRun } from '@/lib/console/dry-run'
import { readEventFile } from '@/lib/console/event'
import { isEventId } from '@/lib/ids'
import { Facts } from './facts'
import { Outcomes } from './outcomes'
import { REPLAY, Replay } from './replay'

export const generateMetadata = consoleMetadata('Event')

export default consolePage('events', async ({ params, query, operator, fill }) => {
  const { id } = params
  const file = isEventId(id) ? await readEventFile(id) : null
  if (!file) notFound()
  const page = `/console/events/${file.id}` as const
  return (
    <>
      <Outcome query={query} page={page} />
      <Facts file={file} />
      <div className="mt-7 grid gap-x-6 gap-y-7 xl:grid-cols-2">
        <div className="grid min-w-0 grid-cols-1 content-start gap-7">
          <Suspense
            fallback={
              <StreamingFallback label="Reading Stripe" here={page}>
                <p className="card px-3 py-2.5 text-ink-3">Reading Stripe…</p>
              </StreamingFallback>
            }
          >
            <Replay
              file={file}
              fill={fill}
              run={
                query.dry === '1' || fill.typed.form === REPLAY
                  ? dryRun(operatorActor(operator.id), file.id)
                  : null
              }
            />
          </Suspense>
          <Outcomes file={file} />
        </div>
        <div className="min-w-0">
          <Section id="payload" title="Payload" aside="Without secrets, cards and people">
            {file.payload === null ? (
              <p className="card px-3 py-2.5 text-ink-3">
                It was emptied: after ninety days, or because its person was erased.
              </p>
            ) : (
              <pre className="card wrap-anywhere whitespace-pre-wrap p-3 font-mono text-xs">
                {file.payload}
              </pre>
            )}
          </Section>
        </div>
      </div>
    </>
  )
})
