import { CHECKOUT_POLICY } from '@/lib/catalog/checkout-policy'

type Tax = typeof CHECKOUT_POLICY.tax

/**
 * Who takes the payment, and what is seen before it: tax is promised only where Stripe is asked for it. Whether that
 * is on Stripe's page or within ours is a setting of the process, which a page that is built once does not know.
 */
export function payWords(tax: Tax = CHECKOUT_POLICY.tax): string {
  switch (tax) {
    case 'none':
      return 'Stripe takes the payment, and you see the total before you confirm.'
    case 'automatic':
      return 'Tax is added where it is due. Stripe takes the payment, and you see tax and total before you confirm.'
    case 'managed':
      return 'Stripe sells as the merchant of record, and sees to taxes. You see tax and total before you confirm.'
  }
}

/** What the full amount is that is seen before a charge. */
export function amountWords(tax: Tax = CHECKOUT_POLICY.tax): string {
  return tax === 'none' ? 'the full amount' : 'the full amount, tax included,'
}

/** What a price of ours is called beside what Stripe will ask for. */
export function priceLabel(tax: Tax = CHECKOUT_POLICY.tax): string {
  return tax === 'none' ? 'Price' : 'Before tax'
}
