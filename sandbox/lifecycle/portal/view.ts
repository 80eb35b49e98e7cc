import type Stripe from 'stripe'
import { optionalId } from '@/sandbox/ids'
import { couponOf } from '@/sandbox/lifecycle/discount/coupon-of'
import { discountsOf, discountsOfItems } from '@/sandbox/lifecycle/discount/of-subscription'
import { offWords } from '@/sandbox/lifecycle/discount/words'
import { inNextPhase } from '@/sandbox/lifecycle/schedule/in-next-phase'
import { endsAt, hasEnded, nextBillingAt } from '@/sandbox/lifecycle/subscription/period'
import { previewChangeInvoice } from '@/sandbox/lifecycle/subscription/preview'
import { resumesAt } from '@/sandbox/lifecycle/subscription/resumption'
import type { Sandbox } from '@/sandbox/sandbox'
import { BUSINESS_NAME } from '@/sandbox/settings'
import type { Tx } from '@/sandbox/store/transaction'
import { adjustsOf, choicesFor, planView } from './choices'
import { featuresOf } from './features'
import { flowOf } from './flow'
import { canPause } from './pause'
import type { PortalInvoice, PortalSubscription, PortalView } from './portal-view'
import { scheduledChange } from './schedule-change'
import { previewResumption } from './unpause'
import { type Visit, visit } from './visit'

/** What the portal shows to the visitor with this token. Throws ApiError 404 for an unknown one. */
export function portalView(sandbox: Sandbox, token: string): PortalView {
  return sandbox.changeFor(token, (tx) => {
    const guest = visit(tx, token)
    const { customer, configuration, session } = guest
    const subscriptions = tx
      .by('subscription', 'customer', customer.id)
      .filter((row) => !hasEnded(row))
      .reverse()
    return {
      businessName: BUSINESS_NAME,
      headline: configuration.business_profile.headline,
      privacyPolicyUrl: configuration.business_profile.privacy_policy_url,
      termsOfServiceUrl: configuration.business_profile.terms_of_service_url,
      returnUrl: session.return_url,
      customer: {
        id: customer.id,
        email: customer.email,
        name: customer.name ?? null,
        phone: customer.phone ?? null,
        address: customer.address ?? null,
        taxIds: tx
          .by('tax_id', 'customer', customer.id)
          .map(({ id, type, value }) => ({ id, type, value })),
      },
      features: featuresOf(configuration),
      flow: flowOf(session),
      subscriptions: subscriptions.map((row) => subscriptionView(tx, guest, row)),
      paymentMethod: cardOf(tx, customer, subscriptions),
      invoices: configuration.features.invoice_history.enabled ? invoicesOf(tx, customer.id) : [],
      now: tx.now,
    }
  })
}

function subscriptionView(
  tx: Tx,
  guest: Visit,
  row: Readonly<Stripe.Subscription>,
): PortalSubscription {
  const [item] = row.items.data
  if (!item) throw new TypeError(`Subscription ${row.id} has no items.`)
  return {
    id: row.id,
    status: row.status,
    plan: planView(tx, item.price, row.currency, item.quantity ?? 1),
    quantity: item.quantity ?? 1,
    currentPeriodEnd: nextBillingAt(row),
    renewal: renewalOf(tx, row),
    discounts: discountsAt(tx, row),
    adjusts: adjustsOf(guest, row),
    trialEnd: row.status === 'trialing' ? row.trial_end : null,
    cancelAt: endsAt(row),
    pausable: canPause(guest, row),
    resumesAt: resumesAt(tx, row.id),
    scheduled: scheduledChange(tx, row),
    choices: choicesFor(tx, guest, row),
  }
}

/** What the next invoice asks for, and how much credit it uses. */
function renewalOf(tx: Tx, row: Readonly<Stripe.Subscription>): PortalSubscription['renewal'] {
  if (row.status === 'paused') {
    const { amountDue, carried, total } = previewResumption(tx, row)
    return { amount: amountDue, credit: Math.max(0, total - carried - amountDue), carried }
  }
  if (endsAt(row) !== null || !['active', 'trialing', 'past_due'].includes(row.status)) return null
  const invoice = previewChangeInvoice(tx, inNextPhase(tx, row), null, 'none')
  const { amount_due: amount, total, ending_balance: ending } = invoice
  const carried = Math.max(0, ending ?? 0)
  return { amount, credit: Math.max(0, total - carried - amount), carried }
}

function discountsAt(tx: Tx, row: Readonly<Stripe.Subscription>): PortalSubscription['discounts'] {
  const all = [...discountsOfItems(tx, row.items.data, tx.now), ...discountsOf(tx, row, tx.now)]
  return all.map((discount) => {
    const coupon = couponOf(tx, discount)
    const next = coupon.duration === 'once' ? ' the next invoice' : ''
    return { words: `${offWords(coupon)}${next}`, until: discount.end }
  })
}

function cardOf(
  tx: Tx,
  customer: Readonly<Stripe.Customer>,
  subscriptions: Readonly<Stripe.Subscription>[],
): PortalView['paymentMethod'] {
  const ids = [
    ...subscriptions.map((row) => row.default_payment_method),
    customer.invoice_settings.default_payment_method,
  ]
  const id = ids.map(optionalId).find((found) => found !== null)
  const { card, us_bank_account: account } = (id && tx.find('payment_method', id)) || {}
  if (id && account)
    return { id, brand: 'us_bank_account', last4: account.last4 ?? '', expires: null }
  if (!id || !card) return null
  const expires = { month: card.exp_month, year: card.exp_year }
  return { id, brand: card.brand, last4: card.last4, expires }
}

function invoicesOf(tx: Tx, customer: string): PortalInvoice[] {
  return tx
    .by('invoice', 'customer', customer)
    .filter(({ status }) => status !== 'draft')
    .reverse()
    .map((row) => ({
      id: row.id,
      number: row.number,
      created: row.created,
      description: row.lines.data[0]?.description ?? null,
      total: row.total,
      currency: row.currency,
      status: row.status ?? 'open',
      hostedUrl: row.hosted_invoice_url ?? null,
    }))
}
