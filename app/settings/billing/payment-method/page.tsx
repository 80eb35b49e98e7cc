import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { BackLink } from '@/app/components/back-link'
import type { Query } from '@/app/components/read-refusal'
import { Refusal } from '@/app/components/refusal'
import { Shell } from '@/app/components/shell'
import { inTime } from '@/app/in-time'
import { isLive } from '@/app/settings/billing/plan-state'
import { stripeKeys } from '@/app/stripe-js/keys'
import { currentUser } from '@/lib/auth/session'
import { readResumption } from '@/lib/billing/amounts'
import { readNextCharge } from '@/lib/billing/next-charge'
import { readBilling } from '@/lib/billing/read'
import { FREE } from '@/lib/catalog/plans'
import { env } from '@/lib/env'
import { hasOwnCustomer } from '@/lib/payment-methods/own-customer'
import { proveLeaving } from '@/lib/payment-methods/own-return'
import { readOpenPayment } from '@/lib/subscriptions/open-payment'
import { shownCharge } from '@/lib/subscriptions/shown-charge'
import { AtStripe } from './at-stripe'
import { LeftMethod } from './left-method'
import { methodWords } from './method-words'
import { OnFile } from './on-file'
import { OpenPayment } from './open-payment'
import { PaymentForm } from './payment-form'
import { wayBack } from './way-back'

export const metadata: Metadata = {
  title: 'Payment method',
  robots: { index: false },
  // A bank that took the whole page leads back with a secret in the address: no other site is told it.
  referrer: 'same-origin',
}

export default inTime(PaymentMethodPage)

/**
 * Where a card or an account is left, in Stripe's own form, and where a bank that asks about an open payment
 * is answered. Reading it makes and changes nothing.
 */
async function PaymentMethodPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [viewer, query] = await Promise.all([currentUser(), searchParams])
  if (!viewer) redirect(`/sign-in?${new URLSearchParams({ return: wayBack(query) })}`)
  const { actor } = viewer
  if (!(await hasOwnCustomer(actor))) redirect('/settings/billing/plans')
  const [read, payment] = await Promise.all([
    readBilling(actor.workspaceId, { actor, refresh: 'now' }),
    readOpenPayment(actor),
  ])
  const { open = null, confirmable = null } = payment ?? {}
  const [next, resumption] = await Promise.all([
    readNextCharge(viewer.id, read),
    readResumption(viewer.id, read),
  ])
  const billing = { ...read, next, resumption, open }
  const { text, save, use } = methodWords(billing)
  const shown = shownCharge(open, resumption)
  const keys = stripeKeys()
  return (
    <Shell viewer={viewer} here="billing">
      <div className="mx-auto grid max-w-[520px] gap-6 py-12">
        <div>
          <BackLink href="/settings/billing">Billing</BackLink>
          <h1 className="display mt-2 text-3xl">Payment method</h1>
          <OnFile billing={billing} />
        </div>
        <Refusal query={query} />
        {query.setup_intent === undefined ? null : (
          <LeftMethod
            actor={actor}
            id={query.setup_intent}
            use={use}
            shown={shown}
            proof={query.proof}
          />
        )}
        {confirmable ? <OpenPayment payment={confirmable} keys={keys} shown={shown} /> : null}
        <section aria-labelledby="add" className="card p-[min(1.5rem,6vw)]">
          <h2 id="add" className="font-semibold text-lg">
            {isLive(billing) ? 'Use another one' : 'Add one'}
          </h2>
          <p className="mt-1 mb-5 text-ink-2">{text}</p>
          {keys ? (
            <PaymentForm
              keys={keys}
              currency={billing.price?.currency ?? FREE.currency}
              returnUrl={`${env().appUrl}/settings/billing/payment-method?proof=${proveLeaving('bank', viewer.id, shown)}`}
              button={save}
              shown={shown}
            />
          ) : null}
          <AtStripe alone={keys === null} />
        </section>
      </div>
    </Shell>
  )
}
