import { PageLink } from '@/app/components/page-link'
import type { Query } from '@/app/components/read-refusal'
import { SubmitButton } from '@/app/components/submit-button'
import { METHOD_NAMES } from '@/lib/auth/method-names'
import type { SecondAccount } from '@/lib/auth/second-account'
import { sendLink } from './actions'
import { KeptFields, keptQuery } from './kept-fields'
import { ProviderForm } from './provider-forms'

type Props = { account: SecondAccount; query: Query }

/** For a visitor whose address, by GitHub or Google, has an account already: how to sign in to it. */
export function SecondAccountPage({ account, query }: Props) {
  const { provider, email, methods } = account
  const site = METHOD_NAMES[provider]
  const others = methods.filter((method) => method !== 'email')
  return (
    <div className="card p-[min(1.75rem,6vw)]">
      <h1 className="display text-2xl">You have an account already</h1>
      <p className="mt-3 text-ink-2">
        {site} says that you are{' '}
        <strong className="wrap-anywhere font-semibold text-ink">{email}</strong>. That address has
        an account here, and {site} does not sign in to it. For your safety we never join the two.
      </p>
      <p className="mt-2 text-ink-2">
        {methods.length > 0
          ? 'Sign in the way you did before; everything you had is there.'
          : 'No way into it works here at the moment. Write to us.'}
      </p>
      <div className="mt-6 grid gap-3">
        {methods.includes('email') ? (
          <form action={sendLink}>
            <KeptFields query={query} />
            <input type="hidden" name="email" value={email} />
            <SubmitButton busy="Sending the link…" className="button-primary w-full">
              Email me a sign-in link
            </SubmitButton>
          </form>
        ) : null}
        {others.map((id) => (
          <ProviderForm key={id} id={id} query={query} />
        ))}
      </div>
      <p className="mt-5 text-[0.9375rem]">
        <PageLink href={`/sign-in?${keptQuery((name) => query[name])}`} className="link">
          Use another address
        </PageLink>
      </p>
    </div>
  )
}
