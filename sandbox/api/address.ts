import type Stripe from 'stripe'
import type { Read } from '@/sandbox/http/rule'
import { text } from '@/sandbox/http/rules'

/** The parameters of a postal address. */
export const address = {
  city: text(),
  // Stripe takes names as well as codes, and keeps what it was given.
  country: text(),
  line1: text(),
  line2: text(),
  postal_code: text(),
  state: text(),
}

/** An address with null for what was not given. */
export function addressOf(given: Read<typeof address>): Stripe.Address {
  return {
    city: given.city ?? null,
    country: given.country ?? null,
    line1: given.line1 ?? null,
    line2: given.line2 ?? null,
    postal_code: given.postal_code ?? null,
    state: given.state ?? null,
  }
}
