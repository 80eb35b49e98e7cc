import type Stripe from 'stripe'
import { idOf } from '@/sandbox/ids'
import { productName } from '@/sandbox/lifecycle/invoice/lines'
import { pendingLine } from '@/sandbox/lifecycle/invoice/pending-items'
import { costOf } from '@/sandbox/lifecycle/price/cost'
import { ratesIn } from '@/sandbox/lifecycle/price/rates'
import { decimal } from '@/sandbox/objects/decimal'
import { newInvoiceItem } from '@/sandbox/objects/invoice-item'
import type { CheckoutTermsLine } from '@/sandbox/store/records'
import type { Tx } from '@/sandbox/store/transaction'

/** What is bought once together with a subscription, on its first invoice. */
export function onceLine(
  tx: Tx,
  subscription: Stripe.Subscription,
  invoice: string,
  { price: priceId, quantity, metadata, taxRates }: CheckoutTermsLine,
): Stripe.InvoiceLineItem {
  const price = tx.get('price', priceId)
  const { currency } = subscription
  const { unit_amount_decimal } = ratesIn(price, currency)
  const item = newInvoiceItem(tx.now, {
    amount: costOf(price, quantity, currency),
    quantity,
    pricing: {
      price_details: { price: priceId, product: idOf(price.product) },
      type: 'price_details',
      unit_amount_decimal:
        unit_amount_decimal === null ? null : decimal(Number(unit_amount_decimal)),
    },
    currency,
    customer: idOf(subscription.customer),
    description: productName(tx, price),
    discountable: true,
    invoice,
    metadata,
    parent: {
      subscription_details: { subscription: subscription.id },
      type: 'subscription_details',
    },
    period: { start: tx.now, end: tx.now },
    test_clock: subscription.test_clock ?? null,
  })
  item.tax_rates = taxRates.map((id) => structuredClone(tx.get('tax_rate', id)))
  tx.insert('invoiceitem', item)
  return pendingLine(invoice, item)
}
