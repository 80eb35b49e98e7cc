import type { Sandbox } from '@/sandbox/sandbox'
import type { Shop } from './shop'

type Act = (
  method: 'POST',
  path: string,
  form?: Record<string, string>,
) => Record<string, unknown> | null

const HOUR = 3600

/** A change that is previewed first: what is charged has to be what was shown. */
export function changePreviewed(
  act: Act,
  sandbox: Sandbox,
  shop: Shop,
  id: string,
  { price, at }: { price: string; at: number },
) {
  const item = sandbox.store.find('subscription', id)?.items.data[0]
  if (!item) return
  const how = { proration_behavior: 'always_invoice', proration_date: String(at) }
  const items = { 'items[0][id]': item.id, 'items[0][price]': price, 'items[0][quantity]': '2' }
  const shown = act('POST', '/v1/invoices/create_preview', {
    subscription: id,
    ...within({ ...how, ...items }),
  })
  const before = sandbox.store.find('subscription', id)?.latest_invoice
  const made = act('POST', `/v1/subscriptions/${id}`, { ...how, ...items })
  const after = sandbox.store.find('subscription', id)?.latest_invoice
  if (!shown || !made || after === before || shown.billing_reason !== 'subscription_update') return
  compare(sandbox, shop, shown, String(after), 'change')
}

/** A renewal that is previewed first, and that no other change disturbs. */
export function renewalPreviewed(
  act: Act,
  sandbox: Sandbox,
  shop: Shop,
  id: string,
  { now, pass }: { now: () => number; pass: (seconds: number) => void },
) {
  const row = sandbox.store.find('subscription', id)
  const undisturbed =
    row?.status === 'active' &&
    row.cancel_at === null &&
    !row.schedule &&
    !row.pause_collection &&
    !row.pending_update
  if (!undisturbed) return
  const boundary = row.items.data[0]?.current_period_end ?? 0
  const shown = act('POST', '/v1/invoices/create_preview', { subscription: id })
  pass(Math.max(0, boundary - now()) + HOUR / 2)
  const renewed = sandbox.store.find('subscription', id)?.latest_invoice
  const draft = sandbox.store.find('invoice', String(renewed))
  if (!shown || draft?.billing_reason !== 'subscription_cycle' || draft.created !== boundary) return
  compare(sandbox, shop, shown, draft.id, 'renewal')
}

function compare(
  sandbox: Sandbox,
  shop: Shop,
  shown: Record<string, unknown>,
  id: string,
  what: string,
) {
  const made = sandbox.store.find('invoice', id)
  for (const field of ['subtotal', 'total', 'currency'] as const)
    if (made?.[field] !== shown[field])
      shop.wrongs.push(
        `${id}: the ${what} was previewed with ${field} ${shown[field]}, and is ${made?.[field]}`,
      )
  if (what === 'change' && made?.amount_due !== shown.amount_due)
    shop.wrongs.push(
      `${id}: the change was previewed at ${shown.amount_due}, and is ${made?.amount_due}`,
    )
}

/** The parameters of an update, as a preview takes them. */
function within(form: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(form).map(([name, value]) => {
      const [first = '', ...rest] = name.split('[')
      const path = [`${first}]`, ...rest].join('[')
      return [`subscription_details[${path}`, value]
    }),
  )
}
