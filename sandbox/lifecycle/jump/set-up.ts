import type Stripe from 'stripe'
import { idOf } from '@/sandbox/ids'
import { saveCard } from '@/sandbox/lifecycle/save-card'
import { methodOf } from '@/sandbox/lifecycle/subscription/method'
import type { CardBehavior } from '@/sandbox/objects/card-behavior'
import { newMethod } from '@/sandbox/objects/payment-method'
import { behaviorOf } from '@/sandbox/objects/test-cards'
import type { Tx } from '@/sandbox/store/transaction'
import type { Jump } from './target'

type Subscription = Readonly<Stripe.Subscription>

const PAYS = '4242424242424242'
// It can be saved, and is declined at each charge.
const DECLINED = '4000000000000341'

// What a card that pays does once, so that a person sees it. Only a jump asks for it.
const ONCE: Partial<Record<Jump, Partial<CardBehavior>>> = {
  three_d_secure: { asks: 'always' },
  dispute: { disputes: 'fraudulent' },
}

/**
 * Makes the next charge of a subscription go as a jump promises. Returns the payment method that it
 * goes to, or null when nothing had to be set up.
 */
export function setUp(tx: Tx, jump: Jump, row: Subscription): string | null {
  if (jump === 'decline') return chargeTo(tx, row, DECLINED)
  const wanted = ONCE[jump]
  if (!wanted) return null
  const method = methodOf(tx, row) ?? chargeTo(tx, row, PAYS)
  tx.edit('card', method).once = { ...behaviorOf(PAYS), ...wanted }
  return method
}

/** Whether the charge that was set up has not come. */
export function isWaiting(tx: Tx, method: string): boolean {
  return tx.find('card', method)?.once !== undefined
}

function chargeTo(tx: Tx, { id, customer }: Subscription, number: string): string {
  const expYear = new Date(tx.now * 1000).getUTCFullYear() + 4
  const form = { number, expMonth: 12, expYear, cvc: '123', name: '' }
  const method = saveCard(tx, idOf(customer), newMethod(tx.now, form), behaviorOf(number))
  tx.emit('payment_method.attached', 'payment_method', method)
  tx.edit('subscription', id).default_payment_method = method
  tx.emit('customer.subscription.updated', 'subscription', id)
  return method
}
