import type { CardInput } from './validate'

/** Reads the card fields of a form; what it does not hold is empty. */
export function readCard(form: URLSearchParams): CardInput {
  const text = (name: string) => form.get(name)?.trim() ?? ''
  return {
    number: text('number'),
    expiry: text('expiry'),
    cvc: text('cvc'),
    name: text('name'),
    country: text('country'),
    postalCode: text('postal_code'),
  }
}
