import { ApiError } from '@/sandbox/http/api-error'
import { idOf, optionalId } from '@/sandbox/ids'
import { checkCard, normalized } from '@/sandbox/lifecycle/card-check'
import type { CardForm } from '@/sandbox/lifecycle/card-form'
import { asksCardholder } from '@/sandbox/lifecycle/payment/decline'
import { saveCard } from '@/sandbox/lifecycle/save-card'
import { newMethod } from '@/sandbox/objects/payment-method'
import { behaviorOf, type Decline } from '@/sandbox/objects/test-cards'
import type { Sandbox } from '@/sandbox/sandbox'
import type { Tx } from '@/sandbox/store/transaction'
import { payByHand } from './pay-by-hand'
import { savedMethod } from './saved-method'

/** How a customer's attempt on the page of an invoice ended. */
export type Paid =
  | { kind: 'paid' }
  | { kind: 'asks'; intent: string }
  | { kind: 'declined'; message: string }

/** Pays an open invoice with a card that was typed in, or (null) with the one that is saved. */
export function payOnPage(sandbox: Sandbox, id: string, form: CardForm | null): Paid {
  return sandbox.changeFor(id, (tx) => {
    const invoice = tx.get('invoice', id)
    if (invoice.status !== 'open' && invoice.status !== 'uncollectible')
      throw ApiError.invalid(`This invoice is ${invoice.status}, and cannot be paid.`)
    const card = form && normalized(form)
    const refused = card && (checkCard(card, tx.now) ?? behaviorOf(card.number).onAttach)
    if (refused) return declined(refused)
    const method = card
      ? typedIn(tx, idOf(invoice.customer ?? ''), card)
      : savedMethod(tx, id, optionalId(invoice.customer))
    if (method === null) throw ApiError.invalid('No card is saved. Enter one.')
    const decline = payByHand(tx, id, method)
    if (!decline) return { kind: 'paid' }
    const [link] = tx.by('invoice_payment', 'invoice', id).filter(({ status }) => status === 'open')
    const intent = optionalId(link?.payment.payment_intent)
    if (asksCardholder(decline) && intent) return { kind: 'asks', intent }
    return declined(decline)
  })
}

function typedIn(tx: Tx, customer: string, card: CardForm): string {
  const method = saveCard(tx, customer, newMethod(tx.now, card), behaviorOf(card.number))
  tx.emit('payment_method.attached', 'payment_method', method)
  return method
}

function declined({ message }: Decline): Paid {
  return { kind: 'declined', message }
}
