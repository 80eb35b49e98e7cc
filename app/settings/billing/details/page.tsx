import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { Notice } from '@/app/components/notice'
import { PageLink } from '@/app/components/page-link'
import { type Query, readRefusal, type Shown } from '@/app/components/read-refusal'
import { RefusalNotice } from '@/app/components/refusal'
import { Shell } from '@/app/components/shell'
import { readDone } from '@/app/done-at'
import { inTime } from '@/app/in-time'
import { ActButton } from '@/app/settings/billing/act-button'
import { SettingsNav } from '@/app/settings/settings-nav'
import { readTyped, type Typed } from '@/app/typed'
import { currentUser } from '@/lib/auth/session'
import type { BillingDetails } from '@/lib/billing-address'
import { type ReadDetails, readBillingDetails } from '@/lib/customers/billing-details'
import type { UserId } from '@/lib/ids'
import { DetailsForm } from './details-form'
import { TaxIds } from './tax-ids'
import { wrongField } from './wrong-field'

export const metadata: Metadata = { title: 'Billing details' }

export default inTime(DetailsPage)

async function DetailsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [viewer, query] = await Promise.all([currentUser(), searchParams])
  if (!viewer) redirect('/sign-in?return=/settings/billing/details')
  const [refusal, done, read] = await Promise.all([
    readRefusal(query),
    readDone('/settings/billing/details', query),
    readBillingDetails(viewer.actor),
  ])
  const atField = refusal && read.kind === 'details' ? wrongField(refusal.reason) : null
  return (
    <Shell viewer={viewer} here="billing">
      <div className="py-12">
        <h1 className="display text-3xl">Billing details</h1>
        <SettingsNav here="/settings/billing/details" />
        <div className="grid gap-4">
          {refusal && !atField ? <RefusalNotice of={refusal} /> : null}
          {done === 'saved' && read.kind === 'details' ? <Saved /> : null}
          <Forms owner={viewer.actor.id} read={read} refusal={refusal} />
        </div>
      </div>
    </Shell>
  )
}

type FormsProps = { owner: UserId; read: ReadDetails; refusal: Shown | null }

function Forms({ owner, read, refusal }: FormsProps) {
  if (read.kind === 'none') return <None />
  const typed = readTyped(refusal?.typed)
  if (read.kind === 'away') return <Away owner={owner} typed={typed} refusal={refusal} />
  return (
    <>
      <DetailsForm owner={owner} details={read.details} typed={typed} refusal={refusal} />
      <TaxIds owner={owner} taxIds={read.taxIds} typed={typed} refusal={refusal} />
      <div className="flex flex-wrap items-center gap-x-4 text-ink-3 text-sm">
        <p>They stand on invoices from the next one on.</p>
        <ActButton act="details" className="button-quiet">
          Change them at Stripe
        </ActButton>
      </div>
    </>
  )
}

function Saved() {
  return (
    <Notice
      role="status"
      tone="ok"
      icon="check"
      title="This is what stands on your invoices now."
    />
  )
}

function None() {
  return (
    <Notice
      tone="neutral"
      icon="info"
      title="There is no billing account yet."
      action={
        <PageLink href="/settings/billing/plans" className="button">
          See plans
        </PageLink>
      }
    >
      It is made with your first payment, and then this page is where you change what stands on your
      invoices.
    </Notice>
  )
}

function Away({ owner, typed, refusal }: Omit<FormsProps, 'read'> & { typed: Typed }) {
  // What was typed a moment ago is whole by itself; loading the page again would lose it.
  if (typed.name !== undefined)
    return <DetailsForm owner={owner} details={NOTHING} typed={typed} refusal={refusal} />
  if (typed.value !== undefined)
    return <TaxIds owner={owner} taxIds={null} typed={typed} refusal={refusal} />
  return (
    <Notice
      role="status"
      tone="neutral"
      icon="clock"
      title="Your billing details cannot be read right now."
      action={
        <a href="/settings/billing/details" className="button">
          Try again
        </a>
      }
    >
      Stripe, which keeps them, does not answer. Nothing has changed by that.
    </Notice>
  )
}

const NOTHING: BillingDetails = {
  ...{ name: '', email: '' },
  address: { line1: '', line2: '', city: '', state: '', postalCode: '', country: '' },
}
