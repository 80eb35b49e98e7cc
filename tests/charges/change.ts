import type Stripe from 'stripe'
import { parsePriceId, parseSubscriptionId } from '@/lib/ids'
import { changeNow, previewChange } from '@/lib/stripe/plan-changes'
import type { Account } from '@/tests/money/account'
import type { Random } from '@/tests/simulation/random'
import { differences } from './differences'
import { somePrice } from './some-price'

/** A change of plan that is reviewed, and made some minutes later: in what its invoice is not what was shown. Null: nothing was to be charged. */
export async function changeReviewed(
  stripe: Stripe,
  random: Random,
  account: Account,
  id: string,
): Promise<{ story: string; wrongs: string[] } | null> {
  const { items, currency, status } = await stripe.subscriptions.retrieve(id)
  const [item] = items.data
  if (!item || status !== 'active') return null
  const now = account.sandbox.clock.now()
  const minutes = random.between(0, 14)
  if (now + minutes * 60 >= item.current_period_end) return null
  const interval = random.chance(0.3) ? 'year' : undefined
  const price = await somePrice(stripe, random, currency, interval)
  const change = {
    subscription: parseSubscriptionId(id),
    item: item.id,
    price: parsePriceId(price.id),
    quantity: item.quantity ?? 1,
    at: new Date(now * 1000),
  }
  const shown = await previewChange(change)
  account.moveTo(now + minutes * 60)
  const waits = await changeNow(change, `${id}${now}`)
  const { latest_invoice: latest } = await stripe.subscriptions.retrieve(id)
  const made = await stripe.invoices.retrieve(String(latest))
  const story = `a change to ${price.unit_amount}, reviewed at ${shown.due} ${currency}`
  const wrongs = waits ? ['The change was not made.'] : differences(shown, made)
  return { story, wrongs }
}
