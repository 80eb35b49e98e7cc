import Stripe from 'stripe'
import { stripeClient } from './client'

type Probe = (stripe: Stripe) => PromiseLike<unknown>

// No object has this id, so a call that may write finds nothing to write to: Stripe checks the key first.
const NO_SUCH = 'unknown_permission_check'

/**
 * What the application needs of a restricted key, in the dashboard's words, and a call that asks for
 * it and changes nothing. `docs/how-to/real-stripe.md` lists the same.
 */
export const NEEDED: ReadonlyMap<string, Probe> = new Map<string, Probe>([
  ['Customers: Write', (stripe) => stripe.customers.update(`cus_${NO_SUCH}`, {})],
  ['Checkout Sessions: Write', (stripe) => stripe.checkout.sessions.expire(`cs_test_${NO_SUCH}`)],
  [
    'Customer portal: Write',
    (stripe) => stripe.billingPortal.sessions.create({ customer: `cus_${NO_SUCH}` }),
  ],
  ['Subscriptions: Write', (stripe) => stripe.subscriptions.cancel(`sub_${NO_SUCH}`)],
  ['Invoices: Write', (stripe) => stripe.invoices.voidInvoice(`in_${NO_SUCH}`)],
  ['Charges and Refunds: Write', (stripe) => stripe.refunds.create({ charge: `ch_${NO_SUCH}` })],
  ['Disputes: Read', (stripe) => stripe.disputes.list(ONE)],
  ['Credit notes: Read', (stripe) => stripe.creditNotes.list(ONE)],
  ['PaymentIntents: Read', (stripe) => stripe.paymentIntents.list(ONE)],
  ['SetupIntents: Write', (stripe) => stripe.setupIntents.cancel(`seti_${NO_SUCH}`)],
  ['PaymentMethods: Read', (stripe) => stripe.paymentMethods.retrieve(`pm_${NO_SUCH}`)],
  ['Coupons: Write', (stripe) => stripe.coupons.update(NO_SUCH, {})],
  ['Promotion Codes: Read', (stripe) => stripe.promotionCodes.list(ONE)],
  ['Prices: Read', (stripe) => stripe.prices.list(ONE)],
  ['Products: Read', (stripe) => stripe.products.list(ONE)],
  ['Events: Read', (stripe) => stripe.events.list(ONE)],
])

const ONE = { limit: 1 }

/** What `npm run stripe:push` and `npm run setup` need besides: they make what is sold, and the endpoint. */
export const PUSH_NEEDED: ReadonlyMap<string, Probe> = new Map<string, Probe>([
  ['Products: Write', (stripe) => stripe.products.update(`prod_${NO_SUCH}`, {})],
  ['Prices: Write', (stripe) => stripe.prices.update(`price_${NO_SUCH}`, {})],
  ['Webhook Endpoints: Write', (stripe) => stripe.webhookEndpoints.update(`we_${NO_SUCH}`, {})],
])

/** Which of these the key does not have, as far as Stripe says so now; asks once for each, and never throws. */
export async function findMissingPermissions(
  needed: ReadonlyMap<string, Probe> = NEEDED,
): Promise<string[]> {
  const stripe = stripeClient()
  const asked = await Promise.all(
    [...needed].map(async ([name, probe]) =>
      (await isRefused(() => probe(stripe))) ? [name] : [],
    ),
  )
  return asked.flat()
}

async function isRefused(probe: () => PromiseLike<unknown>): Promise<boolean> {
  try {
    await probe()
    return false
  } catch (error) {
    return error instanceof Stripe.errors.StripePermissionError
  }
}

/** Whether a call failed because a restricted key may not make it. */
export function isHidden(error: unknown): boolean {
  const { cause } = error instanceof Error ? error : {}
  return cause instanceof Error && 'code' in cause && cause.code === PERMISSION
}

// What lib/stripe/call.ts takes for a code where Stripe gives none.
const PERMISSION = 'StripePermissionError'

/**
 * What a restricted key lacks, from Stripe's own sentence ("Having the 'rak_customer_write' permission
 * would allow this request to continue."), and where to add it.
 */
export function permissionText(message: string): string {
  const named = [...message.matchAll(/\brak_(\w+)_(read|write)\b/g)]
  const which = named.map(
    ([, resource = '', access]) => `${resource.replaceAll('_', ' ')}: ${access}`,
  )
  return `STRIPE_SECRET_KEY is a restricted key that lacks a permission${which.length > 0 ? ` (${which.join(', ')})` : ''}. Add it at dashboard.stripe.com/apikeys; docs/how-to/real-stripe.md lists all that are needed.`
}
