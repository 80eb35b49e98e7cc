import { shiftClock } from '@/sandbox/lifecycle/shift-clock'
import type { Sandbox } from '@/sandbox/sandbox'
import { directly } from '@/sandbox/test/fidelity/direct'
import { openShop } from '@/sandbox/test/fidelity/shop'

const PAST_A_MONTH = 32 * 86_400

/** So many customers subscribe to one monthly price, while an endpoint listens for everything. */
export function subscribeMany(sandbox: Sandbox, count: number) {
  const call = directly(sandbox)
  const made = (path: string, form: Record<string, string>): string => {
    const answer = call('POST', path, form)
    if (answer.ok) return String(answer.body.id)
    throw new Error(answer.error.message)
  }
  made('/v1/webhook_endpoints', { url: 'http://127.0.0.1:9/', 'enabled_events[0]': '*' })
  const [price = ''] = openShop(call).prices
  for (let nth = 0; nth < count; nth += 1) {
    const customer = made('/v1/customers', { name: `Subscriber ${nth}` })
    const method = made('/v1/payment_methods/pm_card_visa/attach', { customer })
    const items = { 'items[0][price]': price }
    made('/v1/subscriptions', { customer, ...items, default_payment_method: method })
  }
}

/** One jump of the clock over the renewal of all subscriptions and the hour after it. */
export function renewEverybody(sandbox: Sandbox) {
  shiftClock(sandbox, PAST_A_MONTH)
}
