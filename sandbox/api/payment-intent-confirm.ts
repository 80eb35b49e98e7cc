import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { missing } from '@/sandbox/http/rule'
import { idOf, optionalId } from '@/sandbox/ids'
import { payByHand } from '@/sandbox/lifecycle/invoice/pay-by-hand'
import { collectIntent, withoutCardholder } from '@/sandbox/lifecycle/payment/collect-intent'
import { asksCardholder, declineOf } from '@/sandbox/lifecycle/payment/decline'
import type { Tx } from '@/sandbox/store/transaction'
import { cardRefused } from './card-refused'

interface How {
  off_session?: string | undefined
  return_url?: string | undefined
  error_on_requires_action?: boolean | undefined
  use_stripe_sdk?: boolean | undefined
}

/** Tries to collect an intent now. Throws ApiError 402 for a card that refuses, which stays as it was left. */
export function confirmIntent(tx: Tx, intent: Stripe.PaymentIntent, how: How) {
  const method = optionalId(intent.payment_method)
  if (method === null) throw missing('payment_method')
  const absent = how.off_session !== undefined && how.off_session !== 'false'
  const presence = { present: !absent, authenticated: false }
  const [link] = tx.by('invoice_payment', 'intent', intent.id)
  const refuses = absent || how.error_on_requires_action
  const asked = refuses ? declineOf(tx, method, presence) : null
  if (asksCardholder(asked)) withoutCardholder(tx, intent, method)
  const decline = asksCardholder(asked)
    ? asked
    : link
      ? payByHand(tx, idOf(link.invoice), method, presence)
      : collectIntent(tx, intent, method, presence)
  if (!decline) return
  if (asksCardholder(decline) && !refuses) {
    // Stripe.js shows the bank's page itself.
    if (how.return_url && !how.use_stripe_sdk) leadThere(tx, intent, how.return_url)
    return
  }
  const refusal = cardRefused(decline, true)
  throw new ApiError(
    402,
    {
      ...refusal.body,
      charge: optionalId(intent.latest_charge) ?? undefined,
      payment_intent: intent,
    },
    true,
  )
}

/** A page that has a way back is led to the bank's by its address. */
function leadThere(tx: Tx, intent: Stripe.PaymentIntent, return_url: string) {
  const url = `${tx.url}/3ds/${intent.id}`
  intent.next_action = { type: 'redirect_to_url', redirect_to_url: { return_url, url } }
}
