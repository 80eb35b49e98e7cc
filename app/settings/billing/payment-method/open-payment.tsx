import { Money } from '@/app/components/money'
import type { StripeKeys } from '@/app/stripe-js/keys'
import type { Confirmable } from '@/lib/subscriptions/open-payment'
import { ConfirmPayment } from './confirm-payment'

type Props = { payment: Confirmable; keys: StripeKeys | null; shown: string }

/** A payment that the bank asks about: the way to answer it here, and on Stripe's page of it. */
export function OpenPayment({ payment, keys, shown }: Props) {
  const { amount, clientSecret, payUrl } = payment
  return (
    <section aria-labelledby="confirm" className="card p-[min(1.5rem,6vw)]">
      <h2 id="confirm" className="font-semibold text-lg">
        Your bank asks you to confirm <Money of={amount} />.
      </h2>
      <p className="mt-1 text-ink-2">You are not charged before you do.</p>
      {keys ? <ConfirmPayment keys={keys} clientSecret={clientSecret} shown={shown} /> : null}
      {payUrl ? (
        <p className="mt-4">
          <a href={payUrl} className="link">
            Confirm it on Stripe’s page
          </a>
        </p>
      ) : null}
    </section>
  )
}
