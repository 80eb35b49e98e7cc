import type Stripe from 'stripe'
import { previousAttributes } from '@/sandbox/events/diff'
import { olderCharge, olderIntent } from './charge'
import { olderDiscount, olderPromotionCode } from './discount'
import { olderInvoice, olderInvoiceItem } from './invoice'
import type { Node, Older } from './older'
import { olderSession } from './session'
import { olderSubscription } from './subscription'
import { ENDIVE, isBefore } from './versions'

/** The event as an endpoint of this API version gets it. What is as old as the event or newer is left as it is. */
export function inVersion(
  older: Omit<Older, 'version'>,
  event: Stripe.Event,
  version: string,
): object {
  const dated = { ...event, api_version: version }
  if (!isBefore(version, ENDIVE)) return dated
  const show = (node: Node) => shown(node, { ...older, version }) as Node
  // The types know one version only; its objects are plain data.
  const { object, previous_attributes: previous } = event.data as unknown as Record<string, Node>
  if (!object) return dated
  const after = show(object)
  if (!previous) return { ...dated, data: { object: after } }
  // `previous_attributes` is in the older shape, too: the day a period ends was on the subscription.
  const before = show(merged(object, previous))
  return {
    ...dated,
    data: { object: after, previous_attributes: previousAttributes(before, after) },
  }
}

const SHAPES: Record<string, (node: Node, older: Older) => Node> = {
  subscription: olderSubscription,
  invoice: olderInvoice,
  invoiceitem: olderInvoiceItem,
  charge: olderCharge,
  payment_intent: olderIntent,
  discount: olderDiscount,
  promotion_code: olderPromotionCode,
  'checkout.session': olderSession,
}

function shown(value: unknown, older: Older): unknown {
  if (Array.isArray(value)) return value.map((entry) => shown(entry, older))
  if (!isNode(value)) return value
  const inner = Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, shown(child, older)]),
  )
  return SHAPES[String(value.object)]?.(inner, older) ?? inner
}

/** The object as it was before: what changed put back, arrays whole. */
function merged(node: Node, previous: Node): Node {
  const changes = Object.entries(previous).map(([key, old]) => {
    const now = node[key]
    return [key, isNode(now) && isNode(old) ? merged(now, old) : old]
  })
  return { ...node, ...Object.fromEntries(changes) }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
