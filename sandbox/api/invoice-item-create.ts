import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { withMetadata } from '@/sandbox/http/metadata'
import { missing, type Read } from '@/sandbox/http/rule'
import { idOf, optionalId } from '@/sandbox/ids'
import { putOnDraft } from '@/sandbox/lifecycle/invoice/draft-items'
import { productName } from '@/sandbox/lifecycle/invoice/lines'
import { hasEnded } from '@/sandbox/lifecycle/subscription/period'
import { newInvoiceItem } from '@/sandbox/objects/invoice-item'
import type { Tx } from '@/sandbox/store/transaction'
import { askedOf, discountItem, type ITEM, otherCurrency } from './invoice-item-params'
import { named } from './references'

type Params = Read<typeof ITEM> & {
  customer: string
  currency: string | undefined
  invoice: string | undefined
  subscription: string | undefined
}

/** Makes an amount that goes on a draft, or waits for the next invoice: of one subscription, or of any. */
export function startInvoiceItem({
  tx,
  params,
  inline = false,
}: {
  tx: Tx
  params: Params
  /** Whether its price was made for it alone. */
  inline?: boolean
}): Readonly<Stripe.InvoiceItem> {
  const customer = named(tx, 'customer', params.customer, 'customer')
  const draft = draftFor(tx, params)
  const subscription = subscriptionFor(tx, params, draft)
  const usual = draft?.currency ?? subscription?.currency ?? customer.currency ?? undefined
  const asked = askedOf(tx, params, params.currency?.toLowerCase() ?? null, { usual, inline })
  if (!asked) throw missing('amount')
  const goesOn = draft?.currency ?? subscription?.currency
  const currency = asked.currency ?? goesOn ?? customer.currency
  if (!currency) throw missing('currency')
  if (goesOn !== undefined && goesOn !== currency) throw otherCurrency(currency)
  const price = params.pricing && asked.pricing?.price_details?.price
  const item = tx.insert(
    'invoiceitem',
    newInvoiceItem(tx.now, {
      ...asked,
      currency,
      customer: customer.id,
      description:
        params.description ?? (price ? productName(tx, tx.get('price', idOf(price))) : null),
      discountable: params.discountable ?? asked.amount >= 0,
      invoice: draft?.id ?? null,
      metadata: withMetadata({}, params.metadata),
      parent: subscription && {
        subscription_details: { subscription: subscription.id },
        type: 'subscription_details',
      },
      period: params.period ?? { end: tx.now, start: tx.now },
      test_clock: customer.test_clock ?? null,
    }),
  )
  discountItem(tx, item, params.discounts)
  if (draft) putOnDraft(tx, draft.id, item)
  tx.emit('invoiceitem.created', 'invoiceitem', item.id)
  return item
}

function draftFor(tx: Tx, { customer, invoice: id }: Params): Readonly<Stripe.Invoice> | null {
  if (id === undefined) return null
  const invoice = named(tx, 'invoice', id, 'invoice')
  if (optionalId(invoice.customer) !== customer)
    throw ApiError.invalid('The invoice does not belong to the customer.', 'invoice')
  if (invoice.status === 'draft') return invoice
  throw ApiError.invalid(
    'Invoice items can only be added to a draft.',
    'invoice',
    'invoice_not_editable',
  )
}

function subscriptionFor(
  tx: Tx,
  { customer, subscription: given }: Params,
  draft: Readonly<Stripe.Invoice> | null,
): Readonly<Stripe.Subscription> | null {
  const own = optionalId(draft?.parent?.subscription_details?.subscription)
  if (given !== undefined && draft && given !== own)
    throw ApiError.invalid('The invoice is not one of the subscription.', 'subscription')
  if (given === undefined) return null
  const subscription = named(tx, 'subscription', given, 'subscription')
  if (idOf(subscription.customer) !== customer)
    throw ApiError.invalid('The subscription does not belong to the customer.', 'subscription')
  if (!hasEnded(subscription)) return subscription
  throw ApiError.invalid('A canceled subscription has no further invoices.', 'subscription')
}
