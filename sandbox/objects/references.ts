import type { Kind } from '@/sandbox/store/records'
import type { Tx } from '@/sandbox/store/transaction'

const KIND_BY_PREFIX: Record<string, Kind> = {
  cus: 'customer',
  pm: 'payment_method',
  prod: 'product',
  price: 'price',
  cs: 'checkout.session',
  bpc: 'billing_portal.configuration',
  sub: 'subscription',
  sub_sched: 'subscription_schedule',
  in: 'invoice',
  inpay: 'invoice_payment',
  ii: 'invoiceitem',
  pi: 'payment_intent',
  seti: 'setup_intent',
  ch: 'charge',
  txn: 'balance_transaction',
  cbtxn: 'customer_balance_transaction',
  cn: 'credit_note',
  txi: 'tax_id',
  txr: 'tax_rate',
  clock: 'test_helpers.test_clock',
  re: 'refund',
  du: 'dispute',
  issfr: 'radar.early_fraud_warning',
  feat: 'entitlements.feature',
  di: 'discount',
  promo: 'promotion_code',
}

// Fields that hold another object's id and can be replaced by it. Others only look like ids.
const EXPANDABLE = new Set([
  'configuration',
  'feature',
  'coupon',
  'promotion_code',
  'discount',
  'customer',
  'default_payment_method',
  'default_price',
  'invoice',
  'latest_charge',
  'latest_invoice',
  'payment_intent',
  'payment_method',
  'pending_setup_intent',
  'price',
  'product',
  'setup_intent',
  'subscription',
  'charge',
  'schedule',
  'default_source',
  'test_clock',
  'latest_revision',
  'on_behalf_of',
  'application',
  'discounts',
  'account_tax_ids',
  'payment_link',
  'review',
  'source_transfer',
  'balance_transaction',
  'failure_balance_transaction',
  'application_fee',
  'mandate',
  'latest_attempt',
  'tax_code',
  'source',
  'customer_balance_transaction',
  'credit_note',
  'refund',
  'tax_rate',
  'invoice_item',
])

/** Whether a field of this name may be expanded at all. */
export function isExpandable(field: string): boolean {
  return EXPANDABLE.has(field)
}

/** The object an id stands for, or undefined. A customer that is gone is shown as deleted. */
export function resolve(tx: Pick<Tx, 'find'>, id: string, field?: string): object | undefined {
  // A coupon's id is chosen by the request that makes it.
  if (field === 'coupon') return tx.find('coupon', id) ?? tx.find('retired_coupon', id)
  const kind = KIND_BY_PREFIX[/^(sub_sched|[a-z]+)_/.exec(id)?.[1] ?? '']
  return (kind && tx.find(kind, id)) ?? tx.find('deleted_customer', id)
}
