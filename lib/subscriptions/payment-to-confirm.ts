import type { Actor } from '@/lib/audit/actor'
import { NotFound } from '@/lib/errors'
import { countRead } from '@/lib/redis/person-reads'
import { findOpenInvoice } from '@/lib/stripe/invoices'
import { type PaymentToConfirm, readPaymentToConfirm } from '@/lib/stripe/payment-to-confirm'
import { requireOwnSubscription } from './own-subscription'

export type Confirmable = PaymentToConfirm & {
  /** Stripe's page of it, for a customer without scripts. */
  payUrl: string | null
}

/** The payment of the actor's plan that their bank wants to ask them about; null when none does. */
export async function findPaymentToConfirm(actor: Actor): Promise<Confirmable | null> {
  try {
    const { subscription } = await requireOwnSubscription(actor)
    const open = await findOpenInvoice(subscription.id)
    if (!open) return null
    countRead()
    const payment = await readPaymentToConfirm(open.id)
    return payment && { ...payment, payUrl: open.payUrl }
  } catch (error) {
    if (error instanceof NotFound) return null
    throw error
  }
}
