import { PageLink } from '@/app/components/page-link'
import { SubmitButton } from '@/app/components/submit-button'
import { revokeKey } from './actions'

/** What revoking a key means, before it is done. */
export function ConfirmRevoke({ id, name }: { id: string; name: string }) {
  return (
    <section
      aria-label={`Revoke ${name}`}
      className="mt-4 rounded-lg bg-subtle px-4 py-4 text-[0.9375rem]"
    >
      <p className="text-ink-2">
        Every program that uses this key is refused from its next request on. A key cannot be
        brought back.
      </p>
      <div className="mt-4 flex flex-wrap gap-3">
        <form action={revokeKey}>
          <input type="hidden" name="key" value={id} />
          <SubmitButton busy="Revoking…" className="button-danger">
            Revoke key
          </SubmitButton>
        </form>
        <PageLink href="/settings/api-keys" className="button">
          Keep it
        </PageLink>
      </div>
    </section>
  )
}
