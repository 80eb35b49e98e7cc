import { CHECKOUT_POLICY } from '@/lib/catalog/checkout-policy'

type Tax = typeof CHECKOUT_POLICY.tax

/** Where a plan is paid for, and what is seen there: tax is promised only where Stripe is asked for it. */
export function payWords(tax: Tax = CHECKOUT_POLICY.tax): string {
  switch (tax) {
    case 'none':
      return 'You pay on Stripe’s page, and see the total before you confirm.'
    case 'automatic':
      return 'Tax is added where it is due. You pay on Stripe’s page, and see tax and total before you confirm.'
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
