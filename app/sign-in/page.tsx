import type { Metadata, Route } from 'next'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { readChoiceQuery } from '@/app/components/choice-query'
import { Notice } from '@/app/components/notice'
import { type Query, readRefusal, type Shown } from '@/app/components/read-refusal'
import { RefusalNotice } from '@/app/components/refusal'
import { Shell } from '@/app/components/shell'
import { inTime } from '@/app/in-time'
import { cookieName } from '@/lib/auth/cookie-names'
import { readSecondAccount } from '@/lib/auth/second-account'
import { currentUser } from '@/lib/auth/session'
import { env } from '@/lib/env'
import { BAD_EMAIL } from '@/lib/refusals/invalid'
import type { Sentence } from '@/lib/refusals/sentence'
import { CheckMail } from './check-mail'
import { DemoUsers } from './demo-users'
import { destination } from './destination'
import { EmailForm, EmailWrong } from './email-form'
import { keptQuery } from './kept-fields'
import { ProviderForms } from './provider-forms'
import { SecondAccountPage } from './second-account'
import { SENT_TO } from './sent-to'
import { readSessionOver } from './session-over'
import { signInTitle } from './sign-in-title'

/** A title of its own for what follows the press: it is what a tab and a screen reader say first. */
export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  return { title: (await sentTo(await searchParams)) ? 'Check your email' : 'Sign in' }
}

export default inTime(SignInPage)

type Props = { searchParams: Promise<Query> }

async function SignInPage({ searchParams }: Props) {
  const [viewer, query] = await Promise.all([currentUser(), searchParams])
  // A path of ours, which `safePath` has seen to.
  if (viewer) redirect(destination(query) as Route)
  const [to, second, refusal, over] = await Promise.all([
    sentTo(query),
    query.error === 'SecondAccount' ? readSecondAccount() : null,
    readRefusal(query),
    readSessionOver(),
  ])
  return (
    <Shell>
      <div className="mx-auto max-w-[420px] py-16">
        {to ? (
          <Sent to={to} query={query} />
        ) : second ? (
          <SecondAccountPage account={second} query={query} />
        ) : (
          <Ways query={query} refusal={refusal} over={over} />
        )}
      </div>
    </Shell>
  )
}

// Where a link went from this browser: the cookie says so, because an address can be written by anyone. `again` from
// the second link on.
async function sentTo({ sent }: Query): Promise<string | null> {
  if (sent !== '1' && sent !== 'again') return null
  return (await cookies()).get(cookieName(SENT_TO))?.value ?? null
}

type Found = { query: Query; refusal: Shown | null; over: Sentence | null }

function Ways({ query, refusal, over }: Found) {
  const isOfField = refusal !== null && Object.hasOwn(BAD_EMAIL, refusal.reason)
  return (
    <>
      <h1 className="display mb-6 text-3xl">
        {signInTitle(readChoiceQuery(query.plan, query.interval))}
      </h1>
      <div className="mb-5 grid empty:hidden">
        {refusal && !isOfField ? <RefusalNotice of={refusal} /> : null}
        {over && !refusal ? (
          <Notice role="status" tone="neutral" icon="info" title={over.title}>
            {over.advice}
          </Notice>
        ) : null}
      </div>
      <EmailForm
        query={query}
        typed={refusal?.typed}
        wrong={isOfField ? <EmailWrong of={refusal} /> : null}
      />
      <ProviderForms query={query} />
      {env().devTools ? <DemoUsers query={query} /> : null}
    </>
  )
}

function Sent({ to, query }: { to: string; query: Query }) {
  const otherAddress: Route = `/sign-in?${keptQuery((name) => query[name])}`
  return <CheckMail to={to} query={query} otherAddress={otherAddress} devTools={env().devTools} />
}
