import { changed, idAt, type Node, type Older } from './older'
import { CLOVER, isBefore } from './versions'

/** Before clover a discount held its coupon whole. */
export function olderDiscount(node: Node, older: Older): Node {
  if (!isBefore(older.version, CLOVER)) return node
  return changed(node, ['source'], { coupon: couponOf(idAt(node, 'source', 'coupon'), older) })
}

/** Before clover a promotion code did, too. */
export function olderPromotionCode(node: Node, older: Older): Node {
  if (!isBefore(older.version, CLOVER)) return node
  return changed(node, ['promotion'], {
    coupon: couponOf(idAt(node, 'promotion', 'coupon'), older),
  })
}

function couponOf(id: string | null, { store }: Older): unknown {
  return store.find('coupon', id ?? '') ?? store.find('retired_coupon', id ?? '') ?? null
}
