import type { ReactNode } from 'react'
import { PageLink } from '@/app/components/page-link'
import { spanText } from '@/app/console/span'
import { StatusMark } from '@/app/console/status-mark'
import { When } from '@/app/console/when'
import type { EventFile } from '@/lib/console/event'

/** What it is, what became of it, and how long that took. */
export function Facts({ file }: { file: EventFile }) {
  const { target, attempts, lastError, reason } = file
  return (
    <>
      <h1 className="wrap-anywhere font-mono font-semibold text-lg">{file.type}</h1>
      <p className="mt-1 flex flex-wrap items-center gap-x-4 text-ink-3 text-xs">
        <code className="font-mono">{file.id}</code>
        <StatusMark status={file.state} />
        {file.livemode ? 'live mode' : 'test mode'}, {file.apiVersion ?? 'no API version'}
      </p>
      <dl className="card mt-4 grid gap-x-8 gap-y-1.5 px-4 py-3 sm:grid-cols-2 xl:grid-cols-3">
        <Fact label="Made at Stripe">
          <When at={file.stripeCreatedAt} />
        </Fact>
        <Fact label="Received">
          <When at={file.receivedAt} />, after {spanText(file.arrivedAfter)}
        </Fact>
        <Fact label="Done">
          {file.doneAt && file.doneAfter !== null ? (
            <>
              <When at={file.doneAt} />, after {spanText(file.doneAfter)}
            </>
          ) : (
            (reason ?? 'not yet')
          )}
        </Fact>
        <Fact label="Failed tries of its fact">{attempts}</Fact>
        <Fact label="Makes us look at">
          {target ? (
            <code className="font-mono text-xs">{target.key}</code>
          ) : (
            (file.targetKey ?? 'nothing')
          )}
        </Fact>
        <Fact label="That target">
          {target
            ? `${target.dirtySeq > target.syncedSeq ? 'is behind' : 'is up to date'}, ${target.attempts} failed tries`
            : '–'}
        </Fact>
        <Fact label="Object">
          <code className="font-mono text-xs">{file.objectId ?? 'none'}</code>
        </Fact>
        <Fact label="Customer">
          {file.workspaceId ? (
            <PageLink
              href={`/console/customers/${file.workspaceId}`}
              className="link font-mono text-xs"
            >
              {file.customerId}
            </PageLink>
          ) : (
            <code className="font-mono text-xs">{file.customerId ?? 'none'}</code>
          )}
        </Fact>
        {target && target.attempts > 0 ? (
          <Fact label="Tried again">
            <When at={target.nextRunAt} />
          </Fact>
        ) : null}
      </dl>
      {lastError ? (
        <p className="wrap-anywhere mt-3 rounded-md bg-danger-soft px-3 py-2 text-danger">
          {lastError}
        </p>
      ) : null}
    </>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap justify-between gap-x-3">
      <dt className="text-ink-3">{label}</dt>
      <dd className="wrap-anywhere">{children}</dd>
    </div>
  )
}
