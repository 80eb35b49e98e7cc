import { idOf, optionalId } from '@/sandbox/ids'
import { planOf } from '@/sandbox/objects/plan'
import { at, changed, idAt, type Node, type Older } from './older'
import { BASIL, DAHLIA, isBefore } from './versions'

/** Before basil an invoice named its subscription, its one payment intent and its charge. */
export function olderInvoice(node: Node, older: Older): Node {
  const shown = isBefore(older.version, DAHLIA) ? changed(node, ['customer_account']) : node
  if (!isBefore(older.version, BASIL)) return shown
  const details = at(node, 'parent', 'subscription_details')
  const intent = intentOf(node, older)
  const lines = ((at(node, 'lines', 'data') as Node[] | undefined) ?? []).map((line) =>
    olderLine(line, older),
  )
  return changed(shown, GONE, {
    application_fee_amount: null,
    charge: intent && optionalId(older.store.find('payment_intent', intent)?.latest_charge),
    discount: null,
    lines: { ...(node.lines as Node), data: lines },
    paid: node.status === 'paid',
    paid_out_of_band: false,
    payment_intent: intent,
    quote: null,
    subscription: idAt(details, 'subscription'),
    subscription_details: { metadata: at(details, 'metadata') ?? null },
    tax: null,
    total_tax_amounts: [],
    transfer_data: null,
  })
}

const GONE = ['parent', 'amount_overpaid', 'total_taxes', 'confirmation_secret', 'payments']

/** Before basil an item held its price whole. */
export function olderInvoiceItem(node: Node, older: Older): Node {
  if (!isBefore(older.version, BASIL)) return node
  const details = at(node, 'parent', 'subscription_details')
  return changed(node, ['parent', 'pricing', 'net_amount', 'quantity_decimal'], {
    ...priceOf(node, older),
    subscription: idAt(details, 'subscription'),
    subscription_item: idAt(details, 'subscription_item'),
    unit_amount: null,
  })
}

function olderLine(line: Node, older: Older): Node {
  const item = at(line, 'parent', 'subscription_item_details')
  const waited = at(line, 'parent', 'invoice_item_details')
  const details = item ?? waited
  return changed(line, LINE_GONE, {
    ...priceOf(line, older),
    invoice_item: idAt(details, 'invoice_item'),
    proration: at(details, 'proration') ?? false,
    proration_details: at(details, 'proration_details') ?? { credited_items: null },
    subscription: idAt(details, 'subscription'),
    subscription_item: idAt(item, 'subscription_item'),
    tax_amounts: [],
    tax_rates: [],
    type: item ? 'subscription' : 'invoiceitem',
  })
}

const LINE_GONE = ['parent', 'pricing', 'pretax_credit_amounts', 'quantity_decimal', 'taxes']

function priceOf(node: Node, { store }: Older): Node {
  const price = store.find('price', idAt(node, 'pricing', 'price_details', 'price') ?? '')
  return price ? { plan: planOf(price), price } : { plan: null, price: null }
}

function intentOf(node: Node, { store }: Older): string | null {
  const [payment] = store.by('invoice_payment', 'invoice', idAt(node, 'id') ?? '')
  const intent = payment?.payment.payment_intent
  return intent ? idOf(intent) : null
}
