import { ApiError } from '@/sandbox/http/api-error'
import { withMetadata } from '@/sandbox/http/metadata'
import { missing, type Read } from '@/sandbox/http/rule'
import { newId } from '@/sandbox/ids'
import { isMetered } from '@/sandbox/lifecycle/price/cost'
import type { CheckoutTerms, CheckoutTermsLine } from '@/sandbox/store/records'
import type { Tx } from '@/sandbox/store/transaction'
import type { CREATE } from './checkout-params'
import { inlinePrice } from './price-data'
import { named } from './references'
import { ratesNamed } from './tax-rates'

type Params = Read<typeof CREATE>
type Line = NonNullable<Params['line_items']>[number]

// The highest quantity that Stripe lets a buyer choose by default.
const MOST = 99

/** What a session is going to make when it is paid. */
export function termsOf(tx: Tx, id: string, params: Params): CheckoutTerms {
  const { subscription_data: data, payment_intent_data: payment, setup_intent_data: setup } = params
  const lines = (params.line_items ?? []).map((line, nth) => lineOf(tx, line, `line_items[${nth}]`))
  if (
    params.mode === 'subscription' &&
    !lines.some(({ price }) => tx.get('price', price).recurring)
  )
    throw ApiError.invalid(
      'You must provide at least one recurring price in `subscription` mode when using prices.',
      'line_items[0][price]',
    )
  if (params.mode === 'payment' && lines.some(({ price }) => tx.get('price', price).recurring))
    throw ApiError.invalid(
      'You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.',
      'mode',
    )
  return {
    id,
    lines,
    taxes: {
      automatic: params.automatic_tax?.enabled ?? false,
      asksId: params.tax_id_collection?.enabled ?? false,
    },
    intent: {
      description: payment?.description ?? setup?.description ?? null,
      metadata: withMetadata({}, payment?.metadata ?? setup?.metadata),
      captures: payment?.capture_method === 'manual' ? 'manual' : 'automatic',
      saves: payment?.setup_future_usage ?? null,
      makesCustomer: params.customer_creation === 'always',
    },
    keeps: {
      name: params.customer_update?.name === 'auto',
      address: params.customer_update?.address === 'auto',
    },
    subscription: {
      metadata: withMetadata({}, data?.metadata),
      description: data?.description ?? null,
      trialDays: data?.trial_period_days ?? null,
      trialEnd: data?.trial_end ?? null,
      missingPaymentMethod:
        data?.trial_settings?.end_behavior.missing_payment_method ?? 'create_invoice',
      anchor: data?.billing_cycle_anchor ?? null,
      prorates: data?.proration_behavior !== 'none',
      taxRates: ratesNamed(tx, data?.default_tax_rates, 'subscription_data[default_tax_rates]').map(
        (rate) => rate.id,
      ),
    },
  }
}

function lineOf(tx: Tx, line: Line, at: string): CheckoutTermsLine {
  const price = tx.get('price', priceOf(tx, line, at))
  if (line.quantity === undefined && !isMetered(price)) throw missing(`${at}[quantity]`)
  const adjusts = line.adjustable_quantity
  return {
    id: newId('li'),
    price: price.id,
    quantity: line.quantity ?? 1,
    metadata: withMetadata({}, line.metadata),
    taxRates: ratesNamed(tx, line.tax_rates, `${at}[tax_rates]`).map((rate) => rate.id),
    adjusts: adjusts?.enabled
      ? { minimum: adjusts.minimum ?? 0, maximum: adjusts.maximum ?? MOST }
      : null,
  }
}

function priceOf(tx: Tx, { price: id, price_data }: Line, at: string): string {
  if (id === undefined && price_data) return inlinePrice(tx, price_data, `${at}[price_data]`)
  if (id === undefined) throw missing(`${at}[price]`)
  const price = named(tx, 'price', id, `${at}[price]`)
  if (price.active) return id
  throw ApiError.invalid(
    'The price specified is inactive. This field only accepts active prices.',
    `${at}[price]`,
  )
}
