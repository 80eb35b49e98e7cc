import { type Actor, userIdOf } from '@/lib/audit/actor'
import { withDeadline } from '@/lib/deadline'
import { NotFound, Unavailable } from '@/lib/errors'
import { failureText, log } from '@/lib/log'
import { countRead, mayRead } from '@/lib/redis/person-reads'
import { findOpenInvoice, type OpenInvoice } from '@/lib/stripe/invoices'
import { type PaymentToConfirm, readPaymentToConfirm } from '@/lib/stripe/payment-to-confirm'
import { requireOwnSubscription } from './own-subscription'

export type Confirmable = PaymentToConfirm & {
  /** Stripe's page of it, for a customer without scripts. */
  payUrl: string | null
}

export type OpenPayment = {
  /**
   * What a new card would be charged at once, in whatever status: an upgrade waits while its plan
   * is active. Nothing of what is on its way.
   */
  open: OpenInvoice | null
  /** The payment of it that the bank wants to ask its customer about; null when it asks nothing. */
  confirmable: Confirmable | null
}

const NONE: OpenPayment = { open: null, confirmable: null }

// Four reads, one after the other. A page waits no longer: then it names nothing, and charges nothing.
const PATIENCE_MS = 4_000

/**
 * What is open of the actor's plan, for a page that is about to charge it; null when Stripe does
 * not say, or was asked too often.
 */
export async function readOpenPayment(actor: Actor): Promise<OpenPayment | null> {
  // A page asks this by being looked at, so that a press's own limit does not hold it.
  if (!(await mayRead(userIdOf(actor))).allowed) return null
  try {
    const late = () => new Unavailable('stripe_away')
    return await withDeadline(read(actor), PATIENCE_MS, late)
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error
    log.warn({ error: failureText(error) }, 'a new card is asked for without what is open')
    return null
  }
}

async function read(actor: Actor): Promise<OpenPayment> {
  try {
    const { subscription } = await requireOwnSubscription(actor)
    countRead()
    const open = await findOpenInvoice(subscription.id)
    // An order that is with its bank is not charged a second time.
    if (!open || open.isProcessing) return { ...NONE, open }
    countRead()
    const payment = await readPaymentToConfirm(open.id)
    return { open, confirmable: payment && { ...payment, payUrl: open.payUrl } }
  } catch (error) {
    if (error instanceof NotFound) return NONE
    throw error
  }
}
