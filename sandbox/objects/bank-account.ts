import type Stripe from 'stripe'
import { newId } from '@/sandbox/ids'
import type { CardForm } from '@/sandbox/lifecycle/card-form'
import { billingDetails, fingerprintOf } from './billing-details'

/** A bank account in the United States, which is debited by ACH. */
export function newBankAccount(now: number, form: CardForm, account: string): Stripe.PaymentMethod {
  return {
    id: newId('pm'),
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: billingDetails(form),
    created: now,
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: 'us_bank_account',
    us_bank_account: {
      account_holder_type: 'individual',
      account_type: 'checking',
      bank_name: 'STRIPE TEST BANK',
      financial_connections_account: null,
      fingerprint: fingerprintOf(account),
      last4: account.slice(-4),
      networks: { preferred: 'ach', supported: ['ach'] },
      routing_number: '110000000',
      status_details: null,
    },
  }
}
