import { createHash } from 'node:crypto'
import type Stripe from 'stripe'
import { newId } from '@/sandbox/ids'
import type { CardForm } from '@/sandbox/lifecycle/card-form'
import { behaviourOf } from './test-cards'

/** A card as Stripe shows it: never the number. `form.number` holds digits only. */
export function newCard(now: number, form: CardForm): Stripe.PaymentMethod {
  const { brand } = behaviourOf(form.number)
  return {
    id: newId('pm'),
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: {
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
    },
    card: {
      brand,
      checks: {
        address_line1_check: null,
        address_postal_code_check: form.postalCode ? 'pass' : null,
        cvc_check: 'pass',
      },
      country: 'US',
      display_brand: brand,
      exp_month: form.expMonth,
      exp_year: form.expYear,
      fingerprint: createHash('sha256')
        .update(form.number)
        .digest('base64url')
        .replace(/\W/g, '')
        .slice(0, 16),
      funding: 'credit',
      generated_from: null,
      last4: form.number.slice(-4),
      networks: { available: [brand], preferred: null },
      regulated_status: 'unregulated',
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    created: now,
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: 'card',
  }
}
