import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { SubmitOnArrival } from '@/app/checkout/continue/submit-on-arrival'
import { PageLink } from '@/app/components/page-link'
import { type Query, readRefusal } from '@/app/components/read-refusal'
import { RefusalNotice } from '@/app/components/refusal'
import { Shell } from '@/app/components/shell'
import { SubmitButton } from '@/app/components/submit-button'
import { inTime } from '@/app/in-time'
import { putNewCardToUse } from '@/app/settings/billing/acts'
import { isLive, planName } from '@/app/settings/billing/plan-state'
import { currentUser } from '@/lib/auth/session'
import { readResumption } from '@/lib/billing/amounts'
import { readNextCharge } from '@/lib/billing/next-charge'
import { readBilling } from '@/lib/billing/read'
import { isOwnReturn } from '@/lib/payment-methods/own-return'
import { readOpenPayment } from '@/lib/subscriptions/open-payment'
import { shownCharge } from '@/lib/subscriptions/shown-charge'
import { cardWords } from './card-words'

export const metadata: Metadata = { title: 'Your new card' }

export default inTime(CardPage)

/**
 * Where a user returns who has saved a card at Stripe. Reading it does nothing: its form's POST puts the
 * card to use, by itself for a user who came by our own button, and at a press for every other visit.
 */
async function CardPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [viewer, query] = await Promise.all([currentUser(), searchParams])
  if (!viewer) redirect('/sign-in?return=/settings/billing')
  const [refusal, read] = await Promise.all([
    readRefusal(query),
    readBilling(viewer.actor.workspaceId, { actor: viewer.actor, refresh: 'now' }),
  ])
  if (!isLive(read)) redirect('/settings/billing?return=portal')
  const [next, resumption, payment] = await Promise.all([
    readNextCharge(viewer.id, read),
    readResumption(viewer.id, read),
    readOpenPayment(viewer.actor),
  ])
  const billing = { ...read, next, resumption, open: payment?.open ?? null }
  const { text, button } = cardWords(billing)
  const shown = shownCharge(billing.open, resumption)
  // What did not stand beside the button that led here is not charged by itself.
  const ownWay = isOwnReturn('portal', query.proof, viewer.id, shown)
  return (
    <Shell viewer={viewer} here="billing">
      <div className="mx-auto grid max-w-[440px] gap-6 py-16">
        {refusal ? <RefusalNotice of={refusal} /> : null}
        <form action={putNewCardToUse} className="card p-[min(1.5rem,6vw)]" id="card">
          <input type="hidden" name="shown" value={shown} />
          <h1 className="display mb-3 text-2xl">Use your card for {planName(billing)}</h1>
          <p className="text-ink-2">{text}</p>
          <SubmitButton busy="Working…" className="button-primary mt-6 w-full">
            {button}
          </SubmitButton>
          {refusal || query.error !== undefined || !ownWay ? null : <SubmitOnArrival form="card" />}
        </form>
        <PageLink href="/settings/billing?return=portal" className="link justify-self-center">
          Back to billing
        </PageLink>
      </div>
    </Shell>
  )
}
