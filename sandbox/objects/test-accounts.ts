import type { CardBehavior } from './card-behavior'
import type { Decline } from './test-declines'

/** Not Stripe's: our forms take cards, so these numbers stand for bank accounts. */
export const ACCOUNT_BY_CARD: Record<string, string> = {
  '4000000000009201': '000123456789',
  '4000000000009219': '000222222227',
}

// Account numbers and meanings as in Stripe's testing guide; the routing number is 110000000.
const ACCOUNTS: Record<string, Partial<CardBehavior>> = {
  '000123456789': { settles: 'succeeds' },
  '000111111113': fails('account_closed', 'The customer has closed their account.'),
  '000111111116': fails('no_account', 'The bank account could not be located.'),
  '000222222227': fails(
    'insufficient_funds',
    'The bank account has insufficient funds to complete the payment.',
  ),
  '000333333335': fails('debit_not_authorized', 'The customer has not authorized the debit.'),
  '000444444440': fails('invalid_currency', 'The bank account does not take this currency.'),
  '000555555559': { settles: 'succeeds', disputes: 'fraudulent' },
  '000000000009': { settles: 'never' },
}

/** What a bank account does, by its number; undefined when it is none. */
export function bankAccount(number: string): Partial<CardBehavior> | undefined {
  return ACCOUNTS[number]
}

function fails(declineCode: string, message: string): Partial<CardBehavior> {
  const returned: Decline = {
    code: 'payment_intent_payment_attempt_failed',
    declineCode,
    message,
  }
  return { settles: 'fails', returned }
}
