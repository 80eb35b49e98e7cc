import type { Metadata } from 'next'
import { Notice } from '@/app/components/notice'
import { PageLink } from '@/app/components/page-link'
import type { Query } from '@/app/components/read-refusal'
import { Shell } from '@/app/components/shell'
import { EMAIL_NAMES } from '@/app/settings/account/email-names'
import { readUnsubscribe } from '@/lib/mail/unsubscribe-link'

export const metadata: Metadata = {
  title: 'Turn emails off',
  robots: { index: false },
  // No other site is told the address.
  referrer: 'same-origin',
}

/** Where the link at the end of an email leads: without signing in, and nothing happens before the button. */
export default async function UnsubscribePage({ searchParams }: { searchParams: Promise<Query> }) {
  const { token, done } = await searchParams
  const whose = typeof token === 'string' ? readUnsubscribe(token) : null
  return (
    <Shell>
      <div className="mx-auto grid max-w-[480px] gap-6 py-16">
        <h1 className="display text-3xl">Turn emails off</h1>
        {whose && typeof token === 'string' ? (
          <Choice token={token} name={EMAIL_NAMES[whose.kind].name} done={done === '1'} />
        ) : (
          <Notice tone="warn" icon="alert" title="That link is not complete.">
            Open it from the email again, or sign in and choose your emails in your account.
          </Notice>
        )}
        <PageLink href="/settings/account" className="link">
          All emails that you can choose
        </PageLink>
      </div>
    </Shell>
  )
}

function Choice({ token, name, done }: { token: string; name: string; done: boolean }) {
  if (done) {
    return (
      <Notice role="status" tone="ok" icon="check" title={`No more emails about ${name}.`}>
        What you have to know about payments still comes.
      </Notice>
    )
  }
  return (
    <form
      method="post"
      action={`/api/emails/unsubscribe?token=${encodeURIComponent(token)}&page=1`}
      className="card grid gap-4 p-6"
    >
      <p>You get no more emails about {name}. You can turn them on again in your account.</p>
      <button type="submit" className="button button-primary">
        Turn them off
      </button>
    </form>
  )
}
