import { listAudit } from '@/db/queries/audit'
import { type Actor, userIdOf } from '@/lib/audit/actor'
import { readResumption } from '@/lib/billing/amounts'
import { readBilling } from '@/lib/billing/read'
import type { CustomerId, WorkspaceId } from '@/lib/ids'
import { stripeClient } from '@/lib/stripe/client'
import { readOpenPayment } from '@/lib/subscriptions/open-payment'
import { shownCharge } from '@/lib/subscriptions/shown-charge'
import { putMethodToUse } from './put-to-use'
import { setUpPaymentMethod } from './set-up'

type Person = { actor: Actor; workspaceId: WorkspaceId }

/** What a browser does with the client secret: confirms it with a card. */
export async function leave({ actor }: Pick<Person, 'actor'>, card: string): Promise<string> {
  const { clientSecret } = await setUpPaymentMethod(actor)
  const [id = ''] = clientSecret.split('_secret_')
  await stripeClient()
    .setupIntents.confirm(id, {
      payment_method: card,
      return_url: 'http://localhost:3000/settings/billing/payment-method',
    })
    .catch(() => null)
  return id
}

/** What the page sends that shows what is open now. */
export async function putToUse({ actor, workspaceId }: Person, setupIntent: unknown) {
  const payment = await readOpenPayment(actor)
  const resumption = await readResumption(userIdOf(actor), await readBilling(workspaceId))
  const shown = shownCharge(payment?.open ?? null, resumption)
  return putMethodToUse(actor, { setupIntent, shown })
}

/** What the customer's chain says was asked for on our pages. */
export async function askedFor(customerId: CustomerId) {
  return (await listAudit(customerId)).filter(({ action }) => /\.(request_|set_up)/.test(action))
}

/** The payment method that Stripe charges; null where there is none. */
export async function defaultOf(customerId: CustomerId) {
  const customer = await stripeClient().customers.retrieve(customerId)
  return customer.deleted ? null : customer.invoice_settings.default_payment_method
}

/** The payment method that was left through this setup intent. */
export async function methodOf(setupIntent: string) {
  return (await stripeClient().setupIntents.retrieve(setupIntent)).payment_method
}
