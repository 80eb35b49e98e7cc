import { cardRefused } from '@/sandbox/api/card-refused'
import { ApiError } from '@/sandbox/http/api-error'
import { decodeForm } from '@/sandbox/http/form'
import { attemptWith } from '@/sandbox/lifecycle/checkout/attempt'
import type { Sandbox } from '@/sandbox/sandbox'

/** What the CLI's recipes know Checkout's page by: an endpoint of Stripe's own, which only they use. */
export function showPaymentPage(sandbox: Sandbox, session: string): object {
  const found = sandbox.store.find('checkout.session', session)
  if (!found) throw ApiError.missing('checkout.session', session)
  return { id: session, object: 'payment_page', session_id: session, status: found.status }
}

/** Pays a session with a payment method that is made already. */
export function confirmPaymentPage(sandbox: Sandbox, session: string, form: string): object {
  const { payment_method: id } = decodeForm(form)
  return sandbox.changeFor(session, (tx) => {
    const method = tx.get('payment_method', String(id))
    const { behavior } = tx.get('card', method.id)
    const { email } = method.billing_details
    const paid = attemptWith(tx, sandbox.settings, session, { method, behavior }, email)
    if (paid.kind === 'declined') {
      const { message, declineCode } = paid
      throw cardRefused({ code: 'card_declined', message, declineCode })
    }
    return tx.get('checkout.session', session)
  })
}
