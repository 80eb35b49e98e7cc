import { olderDiscount } from './discount'
import { at, changed, type Node, type Older } from './older'
import { BASIL, DAHLIA, ENDIVE, isBefore } from './versions'

/**
 * Before endive a pause had no reason; before dahlia no schedules of bills; before basil the period
 * was the subscription's.
 */
export function olderSubscription(node: Node, older: Older): Node {
  const { version } = older
  let shown = isBefore(version, ENDIVE)
    ? changed(node, ['status_details'], { items: withItems(node.items, ['current_trial']) })
    : node
  if (isBefore(version, DAHLIA))
    shown = changed(shown, ['billing_schedules', 'managed_payments', 'customer_account'])
  return isBefore(version, BASIL) ? beforeBasil(shown, older) : shown
}

function beforeBasil(node: Node, older: Older): Node {
  const [item, ...others] = itemsOf(node.items)
  const { current_period_start = null, current_period_end = null } = item ?? {}
  const alone = others.length === 0
  const items = withItems(node.items, ['current_period_start', 'current_period_end'])
  return changed(node, ['billing_mode'], {
    current_period_end,
    current_period_start,
    discount: discountOf(node, older),
    items,
    // A subscription with several items has no plan of its own.
    plan: alone ? (item?.plan ?? null) : null,
    quantity: alone ? (item?.quantity ?? null) : null,
  })
}

/** There was one, and it was there whole. */
function discountOf(node: Node, older: Older): Node | null {
  const [first] = (node.discounts as unknown[] | undefined) ?? []
  const found = older.store.find('discount', String(first))
  // A record of this sandbox, as plain data.
  return found ? olderDiscount({ ...found } as Node, older) : null
}

function withItems(items: unknown, gone: readonly string[]): unknown {
  return { ...(items as Node), data: itemsOf(items).map((item) => changed(item, gone)) }
}

function itemsOf(items: unknown): Node[] {
  // A list of a subscription's items, made by this sandbox.
  return (at(items, 'data') as Node[] | undefined) ?? []
}
