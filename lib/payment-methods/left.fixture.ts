import { type Actor, userIdOf } from '@/lib/audit/actor'
import { readResumption } from '@/lib/billing/amounts'
import { readBilling } from '@/lib/billing/read'
import type { WorkspaceId } from '@/lib/ids'
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
