import type Stripe from 'stripe'
import { optionalId } from '@/sandbox/ids'
import type { Tx } from '@/sandbox/store/transaction'

/** What is to be used again belongs to the customer from now on. */
export function keepMethod(tx: Tx, intent: Readonly<Stripe.PaymentIntent>, id: string) {
  const customer = optionalId(intent.customer)
  if (intent.setup_future_usage === null || customer === null) return
  const method = tx.edit('payment_method', id)
  if (method.customer !== null) return
  method.customer = customer
  tx.emit('payment_method.attached', 'payment_method', id)
}
