import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { endpoint } from '@/sandbox/http/endpoint'
import { page, paging, range, within } from '@/sandbox/http/listing'
import { metadata, withMetadata } from '@/sandbox/http/metadata'
import { missing } from '@/sandbox/http/rule'
import { integer, oneOf, text } from '@/sandbox/http/rules'
import { optionalId } from '@/sandbox/ids'
import { makeRefund } from '@/sandbox/lifecycle/refund/make'
import type { Tx } from '@/sandbox/store/transaction'
import { named } from './references'

export const createRefund = endpoint(
  'POST',
  '/v1/refunds',
  {
    charge: text(),
    payment_intent: text(),
    amount: integer(1),
    reason: oneOf('duplicate', 'fraudulent', 'requested_by_customer'),
    metadata: metadata(),
  },
  ({ tx, params }) => {
    const charge = tx.get('charge', chargeOf(tx, params.charge, params.payment_intent))
    const left = charge.amount - charge.amount_refunded
    if (!charge.paid) throw ApiError.invalid('This charge was not paid.', 'charge')
    if (charge.disputed)
      throw ApiError.invalid('This charge is disputed.', 'charge', 'charge_disputed')
    if (left === 0)
      throw ApiError.invalid(
        `Charge ${charge.id} has already been refunded.`,
        undefined,
        'charge_already_refunded',
      )
    const amount = params.amount ?? left
    if (amount > left)
      throw ApiError.invalid(
        `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`,
        'amount',
      )
    return makeRefund(tx, charge.id, {
      amount,
      reason: params.reason ?? null,
      metadata: withMetadata({}, params.metadata),
    })
  },
)

export const getRefund = endpoint('GET', '/v1/refunds/:id', {}, ({ tx, id }) =>
  tx.get('refund', id),
)

export const updateRefund = endpoint(
  'POST',
  '/v1/refunds/:id',
  { metadata: metadata() },
  ({ tx, id, params }) => {
    const refund = tx.edit('refund', id)
    refund.metadata = withMetadata(refund.metadata, params.metadata)
    tx.emit('refund.updated', 'refund', id)
    return refund
  },
)

export const listRefunds = endpoint(
  'GET',
  '/v1/refunds',
  { ...paging, charge: text(), payment_intent: text(), created: range() },
  ({ tx, params }) =>
    page(
      tx.all('refund'),
      params,
      '/v1/refunds',
      (row: Readonly<Stripe.Refund>) =>
        (params.charge === undefined || optionalId(row.charge) === params.charge) &&
        (params.payment_intent === undefined ||
          optionalId(row.payment_intent) === params.payment_intent) &&
        within(row.created, params.created),
    ),
)

function chargeOf(tx: Tx, charge: string | undefined, intent: string | undefined): string {
  if (charge !== undefined) return named(tx, 'charge', charge, 'charge').id
  if (intent === undefined) throw missing('charge')
  const { latest_charge } = named(tx, 'payment_intent', intent, 'payment_intent')
  const id = optionalId(latest_charge)
  if (id) return id
  throw ApiError.invalid('This PaymentIntent has no charge to refund.', 'payment_intent')
}
