import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { Notice } from '@/app/components/notice'
import { PageLink } from '@/app/components/page-link'
import type { Query } from '@/app/components/read-refusal'
import { Refusal } from '@/app/components/refusal'
import { Shell } from '@/app/components/shell'
import { readDone } from '@/app/done-at'
import { inTime } from '@/app/in-time'
import { SettingsNav } from '@/app/settings/settings-nav'
import { currentUser } from '@/lib/auth/session'
import { readEmailChoices } from '@/lib/mail/read-choices'
import { EmailChoices } from './email-choices'

export const metadata: Metadata = { title: 'Account' }

export default inTime(AccountPage)

async function AccountPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [viewer, query] = await Promise.all([currentUser(), searchParams])
  if (!viewer) redirect('/sign-in?return=/settings/account')
  const done = await readDone('/settings/account', query)
  const choices = await readEmailChoices(viewer.actor)
  return (
    <Shell viewer={viewer} here="billing">
      <div className="py-12">
        <h1 className="display text-3xl">Account</h1>
        <p className="wrap-anywhere mt-1 text-ink-3">{viewer.email}</p>
        <SettingsNav here="/settings/account" />
        <div className="grid gap-4">
          <Refusal query={query} />
          {done === 'emails' ? (
            <Notice
              role="status"
              tone="ok"
              icon="check"
              title="These are the emails you get now."
            />
          ) : null}
          <EmailChoices choices={choices} />
          <section aria-labelledby="data" className="card p-[min(1.5rem,6vw)]">
            <h2 id="data" className="font-semibold">
              Your data
            </h2>
            <p className="mt-1 text-[0.9375rem] text-ink-2">
              Who you are, what you bought and used, and what was done, as one JSON file. Keys are
              not in it.
            </p>
            {/* A form, because it is put on record, and a link could be opened in advance. */}
            <form method="post" action="/settings/account/export" className="mt-4">
              <button type="submit" className="button">
                Download your data
              </button>
            </form>
          </section>
          <section aria-labelledby="delete" className="card p-[min(1.5rem,6vw)]">
            <h2 id="delete" className="font-semibold">
              Delete the account
            </h2>
            <p className="mt-1 text-[0.9375rem] text-ink-2">
              It ends your plan and removes everything that says who you are. The next page says
              what goes and what stays.
            </p>
            <PageLink href="/settings/account/delete" className="button mt-4">
              Delete account…
            </PageLink>
          </section>
        </div>
      </div>
    </Shell>
  )
}
