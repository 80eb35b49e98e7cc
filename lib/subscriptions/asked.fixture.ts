import { listAudit } from '@/db/queries/audit'
import type { UserActor } from '@/lib/audit/actor'
import { stripeClient } from '@/lib/stripe/client'
import { readOpenPayment } from './open-payment'
import type { Paid } from './pay'
import { payInvoiceShown } from './pay-invoice'
import { shownCharge } from './shown-charge'

type Person = { customerId: string }

/** What this person asked for, as the trail has it. */
export async function askedBy({ customerId }: Person) {
  const rows = await listAudit(customerId)
  return rows.filter(({ action }) => action.includes('.request_'))
}

/** Why a verb was refused; null where it was not. */
export function refusalOf(run: Promise<unknown>): Promise<unknown> {
  return run.then(
    () => null,
    (error: { reason?: string }) => error.reason ?? error,
  )
}

/** A card that the customer has on file from now on, as Stripe's own page leaves it; `pm_…`. */
export async function putOnFile({ customerId }: Person, name: string): Promise<string> {
  const { customers, paymentMethods } = stripeClient()
  const { id } = await paymentMethods.attach(name, { customer: customerId })
  await customers.update(customerId, { invoice_settings: { default_payment_method: id } })
  return id
}

/** Presses what the billing page offers to pay: its form says which invoice and amount the button shows. */
export async function pressPay(actor: UserActor): Promise<Paid> {
  const payment = await readOpenPayment(actor)
  return payInvoiceShown(actor, shownCharge(payment?.open ?? null))
}
