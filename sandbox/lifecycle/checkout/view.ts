import type Stripe from 'stripe'
import { optionalId } from '@/sandbox/ids'
import { costOf, isMetered } from '@/sandbox/lifecycle/price/cost'
import { productOf } from '@/sandbox/lifecycle/product-of'
import { lineItemsOf } from '@/sandbox/objects/line-item'
import type { Sandbox } from '@/sandbox/sandbox'
import { BUSINESS_NAME } from '@/sandbox/settings'
import type { CheckoutTerms } from '@/sandbox/store/records'
import type { Tx } from '@/sandbox/store/transaction'
import { billToday } from './amounts'
import type { CheckoutLine, CheckoutView } from './checkout-view'
import { discountView } from './discount-view'
import { laterCharges } from './later-charges'
import { trialEndOf } from './trial-end'
import { returnUrlOf, successUrlOf } from './urls'

/** What the hosted page of a session shows. Throws ApiError 404 for an unknown one. */
export function checkoutView(sandbox: Sandbox, sessionId: string): CheckoutView {
  return sandbox.changeFor(sessionId, (tx) => {
    const session = tx.get('checkout.session', sessionId)
    const customer = tx.find('customer', optionalId(session.customer) ?? '')
    const terms = tx.get('checkout_terms', sessionId)
    const lines = lineItemsOf(tx, sessionId)
    const trialEnd = trialEndOf(terms, session.created)
    const { due, balance, carried } = billToday(tx, sessionId)
    return {
      id: session.id,
      state: stateOf(session),
      mode: (['payment', 'setup'] as const).find((mode) => mode === session.mode) ?? 'subscription',
      businessName: BUSINESS_NAME,
      cancelUrl: session.cancel_url,
      embedded: embeddedIn(session),
      successUrl: successUrlOf(session),
      email: customer?.email ?? session.customer_email,
      emailEditable: !customer?.email && !session.customer_email,
      currency: session.currency ?? 'usd',
      lines: lines.map((line) => lineView(tx, line)),
      dueToday: due,
      balance,
      carried,
      acceptsCodes: session.allow_promotion_codes === true,
      discount: discountView(tx, session, lines),
      recurring: laterCharges(tx, sessionId, lines, trialEnd),
      trial:
        trialEnd === null
          ? null
          : { days: Math.round((trialEnd - session.created) / 86_400), endsAt: trialEnd },
      collectsCard: due > 0 || session.payment_method_collection !== 'if_required',
      asksTaxId: terms.taxes.asksId,
      addsTaxes: addsTaxes(tx, terms, lines),
      expiresAt: session.expires_at,
      now: tx.now,
    }
  })
}

/** Whether what is paid can be more than what the lines come to. */
function addsTaxes(
  tx: Tx,
  { taxes, lines, subscription }: CheckoutTerms,
  items: Stripe.LineItem[],
) {
  const rates = [...subscription.taxRates, ...lines.flatMap(({ taxRates }) => taxRates)]
  if (rates.some((id) => !tx.get('tax_rate', id).inclusive)) return true
  return taxes.automatic && items.some(({ price }) => price?.tax_behavior !== 'inclusive')
}

function unitOf(price: Stripe.Price, currency: string): number | null {
  return price.billing_scheme === 'tiered' ? null : costOf(price, 1, currency)
}

function embeddedIn(session: Readonly<Stripe.Checkout.Session>): CheckoutView['embedded'] {
  if (session.ui_mode !== 'embedded_page') return null
  // No way to pay here leaves the page, so `if_required` never has to.
  const leaves = session.redirect_on_completion === 'always'
  return { secret: session.client_secret, leads: leaves ? returnUrlOf(session) : null }
}

function stateOf({ status }: Readonly<Stripe.Checkout.Session>): CheckoutView['state'] {
  return (['complete', 'expired'] as const).find((state) => state === status) ?? 'open'
}

function lineView(tx: Tx, line: Stripe.LineItem): CheckoutLine {
  const product = line.price ? productOf(tx, line.price) : undefined
  return {
    id: line.id,
    productName: product?.name ?? line.description ?? 'Subscription',
    productDescription: product?.description ?? null,
    quantity: line.quantity ?? 1,
    unitAmount: line.price ? unitOf(line.price, line.currency) : 0,
    metered: line.price !== null && isMetered(line.price),
    adjusts: line.adjustable_quantity
      ? {
          minimum: line.adjustable_quantity.minimum ?? 0,
          maximum: line.adjustable_quantity.maximum ?? line.quantity ?? 1,
        }
      : null,
    amount: line.amount_subtotal,
    interval: intervalOf(line.price?.recurring),
    intervalCount: line.price?.recurring?.interval_count ?? 1,
  }
}

function intervalOf(
  recurring: Stripe.Price.Recurring | null | undefined,
): CheckoutLine['interval'] {
  const known = ['day', 'week', 'month', 'year'] as const
  return known.find((interval) => interval === recurring?.interval) ?? null
}
