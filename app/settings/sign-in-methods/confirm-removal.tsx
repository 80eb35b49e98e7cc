import { PageLink } from '@/app/components/page-link'
import { SubmitButton } from '@/app/components/submit-button'
import { METHOD_NAMES } from '@/lib/auth/method-names'
import type { OwnMethod } from '@/lib/auth/read-methods'
import { removeMethod } from './actions'

type Props = { method: OwnMethod; others: OwnMethod[] }

/** What removing a sign-in method means, before it is done. */
export function ConfirmRemoval({ method, others }: Props) {
  const rest = others.map(({ id }) => METHOD_NAMES[id]).join(' or ')
  const name = method.id === 'email' ? 'links by email' : METHOD_NAMES[method.id]
  return (
    <section
      aria-label={`Remove ${name}`}
      className="mt-4 rounded-lg bg-subtle px-4 py-4 text-[0.9375rem]"
    >
      <p className="text-ink-2">
        From now on you sign in with {rest} alone. Every other browser is signed out.
        {method.id === 'email'
          ? ' You can turn links on again here.'
          : ` ${name} cannot be added to the account again.`}
      </p>
      <div className="mt-4 flex flex-wrap gap-3">
        <form action={removeMethod}>
          <input type="hidden" name="method" value={method.id} />
          <SubmitButton busy="Removing…" className="button-primary">
            Remove {name}
          </SubmitButton>
        </form>
        <PageLink href="/settings/sign-in-methods" className="button">
          Keep it
        </PageLink>
      </div>
    </section>
  )
}
