import type Stripe from 'stripe'
import { newId } from '@/sandbox/ids'
import type { Tx } from '@/sandbox/store/transaction'

type Transaction = Stripe.CustomerBalanceTransaction

/** Changes what a customer has to their credit (below zero) or owes, and writes down why. Returns the entry. */
export function moveBalance(
  tx: Tx,
  id: string,
  given: Pick<Transaction, 'amount' | 'currency' | 'type'> &
    Partial<Pick<Transaction, 'credit_note' | 'description' | 'invoice' | 'metadata'>>,
): Transaction {
  const customer = tx.edit('customer', id)
  customer.balance += given.amount
  customer.currency ??= given.currency
  const made = tx.insert('customer_balance_transaction', {
    id: newId('cbtxn'),
    object: 'customer_balance_transaction',
    checkout_session: null,
    created: tx.now,
    credit_note: null,
    customer: id,
    customer_account: null,
    description: null,
    ending_balance: customer.balance,
    invoice: null,
    livemode: false,
    metadata: {},
    ...given,
  })
  tx.emit('customer.updated', 'customer', id)
  return made
}
