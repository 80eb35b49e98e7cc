import { createHash } from 'node:crypto'
import type Stripe from 'stripe'
import type { CardForm } from '@/sandbox/lifecycle/card-form'

/** Whom a payment method belongs to, as far as its form says. */
export function billingDetails(form: CardForm): Stripe.PaymentMethod.BillingDetails {
  return {
    address: {
      city: null,
      country: form.country ?? null,
      line1: null,
      line2: null,
      postal_code: form.postalCode ?? null,
      state: null,
    },
    email: form.email ?? null,
    name: form.name === '' ? null : form.name,
    phone: null,
    tax_id: null,
  }
}

/** What distinguishes one number from another without revealing it. */
export function fingerprintOf(number: string): string {
  const hash = createHash('sha256').update(number).digest('base64url')
  return hash.replace(/\W/g, '').slice(0, 16)
}
