import { discountCustomer } from '@/sandbox/lifecycle/customer/discount'
import { grantCoupon } from '@/sandbox/lifecycle/discount/grant'
import type { Tx } from '@/sandbox/store/transaction'
import type { Endpoint } from './endpoint'
import type { FormTree, FormValue } from './form'

/** What a request asks for, in today's parameters. */
export interface Asked {
  tree: FormTree
  /** What else it does to the object that it makes or changes. */
  also(tx: Tx, object: object): void
}

/** What Stripe took before a version, and how the same is said since then. */
interface Removed {
  call: RegExp
  param: string
  /** The date of the first version that refuses it; null when none does, and only the sandbox does not play it. */
  since: string | null
  now(value: string, call: string): FormTree
  also?: (tx: Tx, value: string, object: object) => void
}

const REMOVED: readonly Removed[] = [
  {
    call: /^POST \/v1\/((payment|setup)_intents(\/:id(\/confirm)?)?|checkout\/sessions)$/,
    param: 'payment_method_types',
    since: '2026-09-30',
    // A request that named its types wanted none that redirects to another page.
    now: (_types, call) =>
      /intents$/.test(call)
        ? { automatic_payment_methods: { enabled: 'true', allow_redirects: 'never' } }
        : {},
  },
  {
    call: /^POST \/v1\/subscriptions(\/:id)?$/,
    param: 'coupon',
    since: '2025-03-31',
    now: (coupon) => ({ discounts: coupon === '' ? '' : { 0: { coupon } } }),
  },
  {
    call: /^POST \/v1\/promotion_codes$/,
    param: 'coupon',
    since: '2025-09-30',
    now: (coupon) => ({ promotion: { type: 'coupon', coupon } }),
  },
  {
    call: /^POST \/v1\/customers(\/:id)?$/,
    param: 'coupon',
    since: '2025-03-31',
    now: () => ({}),
    also: (tx, coupon, object) => giveCoupon(tx, coupon, Object(object).id),
  },
  {
    call: /^POST \/v1\/customers$/,
    param: 'source',
    since: null,
    // A card by its token is charged as the card of the same name.
    now: (token) => {
      const card = token.replace(/^tok_/, 'pm_card_')
      return { payment_method: card, invoice_settings: { default_payment_method: card } }
    },
  },
]

/**
 * A request in today's parameters. A client that names a version older than a parameter's end, or
 * none, as the Stripe CLI does, may still send it.
 */
export function inToday(
  { method, path }: Endpoint,
  sent: FormTree,
  version: string | undefined,
): Asked {
  const call = `${method} ${path}`
  const found = REMOVED.filter(
    ({ call: of, param, since }) =>
      sent[param] !== undefined &&
      of.test(call) &&
      (version === undefined || (since !== null && version < since)),
  )
  let tree = sent
  for (const { param, now } of found) {
    const { [param]: value, ...rest } = tree
    tree = { ...now(leafOf(value), call), ...rest }
  }
  return {
    tree,
    also(tx, object) {
      for (const { param, also } of found) also?.(tx, leafOf(sent[param]), object)
    },
  }
}

function leafOf(value: FormValue | undefined): string {
  return typeof value === 'string' ? value : ''
}

function giveCoupon(tx: Tx, coupon: string, customer: string) {
  if (coupon === '') return
  const own = tx.find('coupon', coupon)?.currency
  const currency = tx.get('customer', customer).currency ?? own ?? 'usd'
  const buyer = { customer, amount: 0, currency }
  discountCustomer(tx, customer, grantCoupon(tx, coupon, buyer, 'coupon'))
}
