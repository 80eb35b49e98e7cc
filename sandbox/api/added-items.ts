import type Stripe from 'stripe'
import { metadata, withMetadata } from '@/sandbox/http/metadata'
import { missing, type Read } from '@/sandbox/http/rule'
import { clearable, hash, ignored, integer, list, text } from '@/sandbox/http/rules'
import { idOf } from '@/sandbox/ids'
import { productName } from '@/sandbox/lifecycle/invoice/lines'
import { newInvoiceItem } from '@/sandbox/objects/invoice-item'
import type { Tx } from '@/sandbox/store/transaction'
import { DISCOUNTS } from './discount-params'
import { askedOfPrice, discountItem } from './invoice-item-params'
import { inlinePrice, PRICE_DATA_ONCE } from './price-data'
import { named } from './references'
import { ratesNamed } from './tax-rates'

const ENTRY = {
  price: text(),
  price_data: PRICE_DATA_ONCE,
  quantity: integer(0),
  metadata: metadata(),
  period: ignored(),
  tax_rates: clearable(list(text())),
  discounts: DISCOUNTS,
}

/** The `add_invoice_items` of a subscription: paid once, on its next invoice. */
export const ADDED = list(hash(ENTRY), 20)

/** Lets what is to be paid once wait for the next invoice of a subscription. */
export function addItems(
  tx: Tx,
  subscription: Readonly<Stripe.Subscription>,
  asked: Read<{ of: typeof ADDED }>['of'],
) {
  for (const [nth, entry] of (asked ?? []).entries()) {
    const param = `add_invoice_items[${nth}]`
    const price = tx.get('price', priceOf(tx, entry, param))
    const item = newInvoiceItem(tx.now, {
      ...askedOfPrice(price, entry.quantity ?? 1),
      currency: subscription.currency,
      customer: idOf(subscription.customer),
      description: productName(tx, price),
      discountable: true,
      invoice: null,
      metadata: withMetadata({}, entry.metadata),
      parent: {
        subscription_details: { subscription: subscription.id },
        type: 'subscription_details',
      },
      period: { start: tx.now, end: tx.now },
      test_clock: subscription.test_clock ?? null,
    })
    item.tax_rates = ratesNamed(tx, entry.tax_rates, `${param}[tax_rates]`)
    tx.insert('invoiceitem', item)
    discountItem(tx, item, entry.discounts, `${param}[discounts]`)
    tx.emit('invoiceitem.created', 'invoiceitem', item.id)
  }
}

function priceOf(tx: Tx, { price, price_data }: Read<typeof ENTRY>, param: string): string {
  if (price !== undefined) return named(tx, 'price', price, `${param}[price]`).id
  if (price_data) return inlinePrice(tx, price_data, `${param}[price_data]`)
  throw missing(`${param}[price]`)
}
