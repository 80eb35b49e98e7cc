import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { BackLink } from '@/app/components/back-link'
import { type Query, readRefusal } from '@/app/components/read-refusal'
import { RefusalNotice } from '@/app/components/refusal'
import { Shell } from '@/app/components/shell'
import { inTime } from '@/app/in-time'
import { readTyped } from '@/app/typed'
import { signedInRecently } from '@/lib/auth/recent'
import { currentUser } from '@/lib/auth/session'
import { readBilling } from '@/lib/billing/read'
import { DeleteForm } from './delete-form'
import { goes, paidPeriod, STAYS } from './what-goes'

export const metadata: Metadata = { title: 'Delete account' }

export default inTime(DeletePage)

async function DeletePage({ searchParams }: { searchParams: Promise<Query> }) {
  const [viewer, query] = await Promise.all([currentUser(), searchParams])
  if (!viewer) redirect('/sign-in?return=/settings/account/delete')
  const { actor, email } = viewer
  const [refusal, isRecent, billing] = await Promise.all([
    readRefusal(query),
    signedInRecently(),
    readBilling(actor.workspaceId, { actor, refresh: 'stale' }),
  ])
  const atField = refusal?.reason === 'other_email' ? refusal : null
  const paid = paidPeriod(billing)
  return (
    <Shell viewer={viewer} here="billing">
      <div className="py-12">
        <BackLink href="/settings/account">Account</BackLink>
        <h1 className="display mt-2 mb-6 text-3xl">Delete account</h1>
        <div className="grid gap-4">
          {refusal && !atField ? <RefusalNotice of={refusal} /> : null}
          <section
            aria-label="What happens"
            className="card grid gap-4 p-[min(1.5rem,6vw)] text-[0.9375rem]"
          >
            {paid ? <p className="font-medium">{paid}</p> : null}
            <List title="At once, and for good:" of={goes(billing)} />
            <List title="What stays, because the law and our records need it:" of={STAYS} />
          </section>
          <DeleteForm
            user={actor.id}
            email={email}
            typed={readTyped(refusal?.typed).email}
            isRecent={isRecent}
            wrong={atField}
          />
        </div>
      </div>
    </Shell>
  )
}

function List({ title, of }: { title: string; of: readonly string[] }) {
  return (
    <div>
      <h2 className="font-medium">{title}</h2>
      <ul className="mt-1 list-disc pl-5 text-ink-2">
        {of.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
    </div>
  )
}
