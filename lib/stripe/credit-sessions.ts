import type Stripe from 'stripe'
import { fromUnix } from '@/lib/clock'
import { env } from '@/lib/env'
import {
  type CheckoutSessionId,
  type CustomerId,
  isWorkspaceId,
  type PriceId,
  parseCheckoutSessionId,
  type WorkspaceId,
} from '@/lib/ids'
import { callStripe } from './call'
import { type CheckoutPolicy, checkoutSettings, nameSettings } from './checkout-settings'
import { isForeign } from './foreign'
import { APP } from './metadata'
import { idOf } from './read'
import { underKey } from './under-key'

/** A sale of credits, as Stripe has it now. What was sold stands in the session: a catalog may change after. */
export type CreditSale = {
  id: CheckoutSessionId
  workspaceId: WorkspaceId
  units: number
  /** Null: they do not expire. */
  validMonths: number | null
  /** The money is there. A bank debit takes days. */
  paid: boolean
  /** All of it went back. */
  refunded: boolean
  paymentIntentId: string | null
  created: Date
}

export type CreditTerms = {
  customerId: CustomerId
  workspaceId: WorkspaceId
  priceId: PriceId
  pack: string
  units: number
  validMonths: number | null
  policy: CheckoutPolicy
  successUrl: string
  cancelUrl: string
}

/**
 * The page where one pack is paid for: the one that is open for it, or a new one. Its key is made of what
 * was there before, so that fifty clicks make one page, and a customer who has paid can buy again.
 */
export async function openCreditSession(
  terms: CreditTerms,
): Promise<{ id: CheckoutSessionId; url: string | null }> {
  const params = paramsOf(terms)
  const { data } = await callStripe((stripe) =>
    stripe.checkout.sessions.list({ customer: terms.customerId, limit: 100 }),
  )
  const open = data.find(
    (each) =>
      each.status === 'open' && isSame(each.metadata, { ...params.metadata, price: terms.priceId }),
  )
  if (open) return { id: parseCheckoutSessionId(open.id), url: open.url }
  const { priceId: price } = terms
  const made = await callStripe((stripe) =>
    underKey(`credits:${terms.customerId}:${price}:${data[0]?.id ?? 'first'}`, (options) =>
      stripe.checkout.sessions.create(
        { ...params, metadata: { ...params.metadata, price } },
        options,
      ),
    ),
  )
  return { id: parseCheckoutSessionId(made.id), url: made.url }
}

function paramsOf(terms: CreditTerms) {
  const { workspaceId, pack, units, validMonths } = terms
  const owner = { app: APP, env: env().appEnv, workspace_id: workspaceId }
  return {
    mode: 'payment',
    ui_mode: 'hosted_page',
    customer: terms.customerId,
    client_reference_id: workspaceId,
    ...checkoutSettings(terms.policy),
    line_items: [{ price: terms.priceId, quantity: 1 }],
    metadata: {
      ...owner,
      credit_pack: pack,
      credit_units: String(units),
      credit_months: validMonths === null ? 'none' : String(validMonths),
      settings: nameSettings(terms.policy),
    },
    // The session's metadata stays with the session; the charge, which a refund names, needs its own.
    payment_intent_data: { metadata: owner },
    success_url: terms.successUrl,
    cancel_url: terms.cancelUrl,
  } satisfies Stripe.Checkout.SessionCreateParams
}

function isSame(held: Stripe.Metadata | null, wanted: Record<string, string>): boolean {
  return Object.entries(wanted).every(([name, value]) => held?.[name] === value)
}

/**
 * What a session sold; null where that is no credits of ours.
 * @throws {NotFound} there is no such session
 */
export async function retrieveCreditSale(id: CheckoutSessionId): Promise<CreditSale | null> {
  const session = await callStripe((stripe) =>
    stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent.latest_charge'] }),
  )
  const { workspace_id: workspaceId, credit_units: units, credit_months } = session.metadata ?? {}
  const whose = { app: session.metadata?.app ?? null, env: session.metadata?.env ?? null }
  if (session.mode !== 'payment' || isForeign(whose, env().appEnv)) return null
  if (!isWorkspaceId(workspaceId) || !units || !/^[1-9]\d{0,6}$/.test(units)) return null
  return {
    id,
    workspaceId,
    units: Number(units),
    validMonths: credit_months && /^\d{1,3}$/.test(credit_months) ? Number(credit_months) : null,
    paid: session.payment_status !== 'unpaid' && session.status === 'complete',
    refunded: isRefunded(session.payment_intent),
    paymentIntentId: idOf(session.payment_intent),
    created: fromUnix(session.created),
  }
}

/** The session that a payment was made on; null where there is none, as for a renewal. */
export async function findSessionOfPayment(
  paymentIntentId: string,
): Promise<CheckoutSessionId | null> {
  const { data } = await callStripe((stripe) =>
    stripe.checkout.sessions.list({ payment_intent: paymentIntentId, limit: 1 }),
  )
  return data[0] ? parseCheckoutSessionId(data[0].id) : null
}

function isRefunded(intent: Stripe.Checkout.Session['payment_intent']): boolean {
  const charge = typeof intent === 'object' ? intent?.latest_charge : null
  return typeof charge === 'object' && charge?.refunded === true
}
