import type Stripe from 'stripe'
import { newId } from '@/sandbox/ids'

// Money can be paid out two days after it came.
const AVAILABLE_AFTER = 2 * 86_400

type Given = Pick<
  Stripe.BalanceTransaction,
  'amount' | 'currency' | 'description' | 'fee' | 'type'
> & { source: string }

/** Money that came to the account's balance, or left it. */
export function newBalanceTransaction(now: number, given: Given): Stripe.BalanceTransaction {
  const { amount, currency, fee, type } = given
  return {
    id: newId('txn'),
    object: 'balance_transaction',
    available_on: now + AVAILABLE_AFTER,
    balance_type: 'payments',
    created: now,
    exchange_rate: null,
    fee_details:
      fee === 0
        ? []
        : [
            {
              amount: fee,
              application: null,
              currency,
              description: 'Stripe processing fees',
              type: 'stripe_fee',
            },
          ],
    net: amount - fee,
    reporting_category: type === 'payment' ? 'charge' : type,
    status: 'pending',
    ...given,
  }
}
