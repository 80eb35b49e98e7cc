import type Stripe from 'stripe'
import { idOf } from '@/sandbox/ids'
import { countryRate } from '@/sandbox/lifecycle/tax/country-rates'
import type { Tx } from '@/sandbox/store/transaction'
import { lineItemsOf } from './line-item'

type Include = (tx: Tx, id: string) => unknown

const list = (data: unknown[], url: string) => ({ object: 'list', data, has_more: false, url })

/** Fields that are absent unless they are expanded, by the kind of object they belong to. */
const INCLUDABLE: Record<string, Record<string, Include>> = {
  invoice: {
    payments: (tx, id) => {
      const payments = tx.by('invoice_payment', 'invoice', id)
      return list(payments, `/v1/invoice_payments?invoice=${id}`)
    },
    confirmation_secret: (tx, id) => secretOf(tx, id),
  },
  plan: { tiers: (tx, id) => structuredClone(tx.get('price', id).tiers) },
  'checkout.session': {
    line_items: (tx, id) => list(lineItemsOf(tx, id), `/v1/checkout/sessions/${id}/line_items`),
  },
  customer: {
    subscriptions: (tx, id) => {
      const own = tx
        .all('subscription')
        .filter((row) => idOf(row.customer) === id && row.status !== 'canceled')
      return list(own.reverse(), `/v1/customers/${id}/subscriptions`)
    },
    tax: (tx, id) => {
      const { country, state } = tx.get('customer', id).address ?? {}
      return {
        automatic_tax: country
          ? countryRate(country, state ?? null)
            ? 'supported'
            : 'not_collecting'
          : 'unrecognized_location',
        ip_address: null,
        location: country ? { country, source: 'billing_address', state: state ?? null } : null,
        provider: 'stripe',
      }
    },
    cash_balance: (_tx, customer) => ({
      object: 'cash_balance',
      available: null,
      customer,
      customer_account: null,
      livemode: false,
      settings: { reconciliation_mode: 'automatic', using_merchant_default: true },
    }),
    invoice_credit_balance: (tx, id) => {
      const { balance, currency } = tx.get('customer', id)
      return balance === 0 ? {} : { [currency ?? 'usd']: balance }
    },
    sources: (_tx, id) => list([], `/v1/customers/${id}/sources`),
    tax_ids: (tx, id) => list(tx.by('tax_id', 'customer', id), `/v1/customers/${id}/tax_ids`),
  },
  charge: {
    refunds: (tx, id) =>
      list(
        tx.all('refund').filter((row) => row.charge === id),
        `/v1/charges/${id}/refunds`,
      ),
  },
  price: {
    currency_options: (tx, id) => {
      const price = tx.get('price', id)
      const { custom_unit_amount, tax_behavior, unit_amount, unit_amount_decimal } = price
      const own = { custom_unit_amount, tax_behavior, unit_amount, unit_amount_decimal }
      return { [price.currency]: own, ...price.currency_options }
    },
  },
}

/** The value of a field that is only there when asked for; undefined when there is no such field. */
export function includable(tx: Tx, object: string, id: string, field: string): unknown {
  return INCLUDABLE[object]?.[field]?.(tx, id)
}

function secretOf(tx: Tx, invoice: string): Stripe.Invoice.ConfirmationSecret | null {
  const payment = tx.by('invoice_payment', 'invoice', invoice)[0]
  const intent = payment?.payment.payment_intent
  const secret = intent ? tx.get('payment_intent', idOf(intent)).client_secret : null
  return secret ? { client_secret: secret, type: 'payment_intent' } : null
}
