import type Stripe from 'stripe'
import { newId } from '@/sandbox/ids'
import type { CardForm } from '@/sandbox/lifecycle/card-form'
import { newBankAccount } from './bank-account'
import { billingDetails, fingerprintOf } from './billing-details'
import { ACCOUNT_BY_CARD, bankAccount } from './test-accounts'
import { behaviorOf } from './test-cards'
import { countryOf, fundingOf } from './test-methods'

/** What a form, or a ready-made id, stands for: a card, or the bank account that its number plays. */
export function newMethod(now: number, form: CardForm): Stripe.PaymentMethod {
  const account = ACCOUNT_BY_CARD[form.number] ?? form.number
  return bankAccount(account) ? newBankAccount(now, form, account) : newCard(now, form)
}

/** A card as Stripe shows it: never the number. `form.number` holds digits only. */
function newCard(now: number, form: CardForm): Stripe.PaymentMethod {
  const { brand, checks = {} } = behaviorOf(form.number)
  return {
    id: newId('pm'),
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: billingDetails(form),
    card: {
      brand,
      checks: {
        address_line1_check: checks.line1 ?? null,
        address_postal_code_check: checks.zip ?? (form.postalCode ? 'pass' : null),
        cvc_check: checks.code ?? 'pass',
      },
      country: countryOf(form.number),
      display_brand: DISPLAYED[brand] ?? brand,
      exp_month: form.expMonth,
      exp_year: form.expYear,
      fingerprint: fingerprintOf(form.number),
      funding: fundingOf(form.number),
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

// A card is shown by other names than its network goes by.
const DISPLAYED: Record<string, string> = {
  amex: 'american_express',
  diners: 'diners_club',
  unionpay: 'union_pay',
}
