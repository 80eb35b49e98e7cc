import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import type { Query } from '@/app/components/read-refusal'
import { Shell } from '@/app/components/shell'
import { inTime } from '@/app/in-time'
import { SettingsNav } from '@/app/settings/settings-nav'
import { readSignInMethods } from '@/lib/auth/read-methods'
import { currentUser } from '@/lib/auth/session'
import { MethodRow } from './method-row'
import { Outcome } from './outcome'

export const metadata: Metadata = { title: 'Sign-in methods' }

export default inTime(SignInMethodsPage)

async function SignInMethodsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [viewer, query] = await Promise.all([currentUser(), searchParams])
  if (!viewer) redirect('/sign-in?return=/settings/sign-in-methods')
  const methods = await readSignInMethods(viewer.id)
  return (
    <Shell viewer={viewer} here="billing">
      <div className="py-12">
        <h1 className="display text-3xl">Sign-in methods</h1>
        <p className="wrap-anywhere mt-1 text-ink-3">{viewer.email}</p>
        <SettingsNav here="/settings/sign-in-methods" />
        <div className="mb-4 grid empty:hidden">
          <Outcome query={query} />
        </div>
        <ul
          aria-label="Ways into your account"
          className="card divide-y divide-line px-[min(1.5rem,6vw)]"
        >
          {methods.map((method) => (
            <MethodRow
              key={method.id}
              method={method}
              others={methods.filter(({ id, works }) => works && id !== method.id)}
              asked={query.remove === method.id}
            />
          ))}
        </ul>
        <p className="mt-4 text-ink-3 text-sm">
          Only these sign in to your account. GitHub or Google is one of them if you opened the
          account with it; neither can be added to an account later.
        </p>
      </div>
    </Shell>
  )
}
