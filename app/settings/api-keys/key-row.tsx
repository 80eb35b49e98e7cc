import { Day } from '@/app/components/day'
import { Dot } from '@/app/components/dot'
import { PageLink } from '@/app/components/page-link'
import type { ListedApiKey } from '@/lib/api-keys/list'
import { ConfirmRevoke } from './confirm-revoke'

type Props = {
  apiKey: ListedApiKey
  /** Whether the page was opened to revoke this one. */
  asked: boolean
}

/** One key: what it is for, how to know it, when it was used, and how to end it. */
export function KeyRow({ apiKey, asked }: Props) {
  const { id, name, mode, lastFour, state } = apiKey
  const living = state === 'living'
  return (
    <li className="py-5">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-60">
          <h3 className={`break-words font-semibold ${living ? '' : 'text-ink-3'}`}>{name}</h3>
          <p className="mt-0.5 text-[0.9375rem] text-ink-2">
            <code translate="no" className="font-mono text-sm">
              ll_{mode}_…{lastFour}
            </code>
            <Dot />
            <End of={apiKey} />
          </p>
          <p className="mt-0.5 break-words text-ink-3 text-sm">
            <Use of={apiKey} />
          </p>
        </div>
        {living && !asked ? (
          <PageLink href={`/settings/api-keys?revoke=${id}`} className="button button-quiet">
            Revoke…<span className="sr-only"> {name}</span>
          </PageLink>
        ) : null}
      </div>
      {living && asked ? <ConfirmRevoke id={id} name={name} /> : null}
    </li>
  )
}

function End({ of: { state, expiresAt, revokedAt } }: { of: ListedApiKey }) {
  if (state === 'revoked' && revokedAt) {
    return (
      <>
        Revoked <Day of={revokedAt} />
      </>
    )
  }
  if (!expiresAt) return 'Never expires'
  return (
    <>
      {state === 'expired' ? 'Expired' : 'Expires'} <Day of={expiresAt} />
    </>
  )
}

function Use({ of: { createdAt, lastUsedAt, madeBy } }: { of: ListedApiKey }) {
  return (
    <>
      Made <Day of={createdAt} /> by {madeBy ?? 'a former member'}.{' '}
      {lastUsedAt ? (
        <>
          Last used <Day of={lastUsedAt} />.
        </>
      ) : (
        'Never used.'
      )}
    </>
  )
}
