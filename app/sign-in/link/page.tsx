import type { Metadata } from 'next'
import { PageLink } from '@/app/components/page-link'
import type { Query } from '@/app/components/read-refusal'
import { Shell } from '@/app/components/shell'

export const metadata: Metadata = {
  title: 'Finish signing in',
  robots: { index: false },
  // The address holds the key: it must not reach another page as a referrer.
  referrer: 'same-origin',
}

const CARRIED = ['token', 'email', 'callbackUrl'] as const

/** Where the mailed link leads. Mail scanners open links, so the key is only used when a person presses. */
export default async function SignInLinkPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams
  const whole = typeof query.token === 'string' && typeof query.email === 'string'
  return (
    <Shell>
      <div className="mx-auto max-w-[420px] py-16">
        <h1 className="display text-3xl">
          {whole ? 'One press and you’re in' : 'This link is not complete'}
        </h1>
        {whole ? (
          <form action="/api/auth/callback/email" method="get">
            {CARRIED.map((name) => {
              const value = query[name]
              return typeof value === 'string' ? (
                <input key={name} type="hidden" name={name} value={value} />
              ) : null
            })}
            <p className="mt-3 mb-6 text-ink-2">
              Signing in as{' '}
              <strong className="wrap-anywhere font-semibold text-ink">{query.email}</strong>.
            </p>
            <button type="submit" className="button button-primary w-full">
              Sign in
            </button>
          </form>
        ) : (
          <>
            <p className="mt-3 mb-6 text-ink-2">
              Mail programs sometimes break long links in two. Copy the whole link, or ask for a new
              one.
            </p>
            <PageLink href="/sign-in" className="button button-primary">
              Ask for a new link
            </PageLink>
          </>
        )}
      </div>
    </Shell>
  )
}
