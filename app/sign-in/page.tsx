import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { readIntent } from '@/app/components/intent'
import { Notice } from '@/app/components/notice'
import { Refusal } from '@/app/components/refusal'
import type { Query } from '@/app/components/refusals'
import { Shell } from '@/app/components/shell'
import { inTime } from '@/app/in-time'
import { cookieName } from '@/lib/auth/cookie-names'
import { readSecondAccount } from '@/lib/auth/second-account'
import { currentUser } from '@/lib/auth/session'
import { env } from '@/lib/env'
import { authErrorSentence } from './auth-errors'
import { CheckMail } from './check-mail'
import { DemoUsers } from './demo-users'
import { destination } from './destination'
import { EmailForm } from './email-form'
import { signInTitle } from './intent-title'
import { keptQuery } from './kept-fields'
import { ProviderForms } from './provider-forms'
import { SecondAccountPage } from './second-account'
import { SENT_TO } from './sent-to'

export const metadata: Metadata = { title: 'Sign in' }

export default inTime(SignInPage)

async function SignInPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [viewer, query] = await Promise.all([currentUser(), searchParams])
  if (viewer) redirect(destination(query) as never)
  const second = query.error === 'SecondAccount' ? await readSecondAccount() : null
  return (
    <Shell>
      <div className="mx-auto max-w-[420px] py-16">
        {query.sent === '1' ? (
          <Sent query={query} />
        ) : second ? (
          <SecondAccountPage account={second} query={query} />
        ) : (
          <Ways query={query} />
        )}
      </div>
    </Shell>
  )
}

function Ways({ query }: { query: Query }) {
  const wrong = authErrorSentence(query.error)
  return (
    <>
      <h1 className="display mb-6 text-3xl">
        {signInTitle(readIntent(query.plan, query.interval))}
      </h1>
      <div className="mb-5 grid empty:hidden">
        {wrong ? <Notice role="alert" tone="danger" icon="alert" title={wrong} /> : null}
        {wrong || query.error === 'invalid' ? null : <Refusal query={query} />}
      </div>
      <EmailForm query={query} />
      <ProviderForms query={query} />
      {env().devTools ? <DemoUsers query={query} /> : null}
    </>
  )
}

async function Sent({ query }: { query: Query }) {
  const to = (await cookies()).get(cookieName(SENT_TO))?.value ?? null
  const again = `/sign-in?${keptQuery((name) => query[name])}`
  return <CheckMail to={to} again={again} devTools={env().devTools} />
}
