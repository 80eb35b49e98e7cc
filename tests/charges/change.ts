import type Stripe from 'stripe'
import { BillingError } from '@/lib/errors'
import { changePlan } from '@/lib/subscriptions/change-plan'
import { reviewChange } from '@/lib/subscriptions/review-change'
import type { Announced } from './announced'
import { untrue } from './announced'
import { differences } from './differences'
import { readReview } from './pages'
import type { Customer } from './sign-up'

/** What became of a change: `announced` is what waits for the end of the period. */
export type Changed = { story: string; wrongs: string[]; announced: Announced[] }

/**
 * A change of plan that is reviewed on its page, and agreed to some minutes later: what was shown, against the
 * invoice that is made. Null: there was nothing to change.
 */
export async function changeReviewed(customer: Customer): Promise<Changed | null> {
  const { actor, stripe, random, account, shop, subscriptionId } = customer
  const { items, currency } = await stripe.subscriptions.retrieve(subscriptionId)
  const now = account.sandbox.clock.now()
  const minutes = random.between(0, 14)
  if (now + minutes * 60 >= (items.data[0]?.current_period_end ?? 0)) return null
  const { tier, interval } = random.pick(shop.prices)
  const review = await reviewChange(actor, { tier, interval }).catch(orNone)
  if (!review) return null
  const { said, wrongs } = readReview(review)
  account.moveTo(now + minutes * 60)
  const made = await changePlan(actor, { offer: review.offer, agreed: true })
  const story = `to ${tier} a ${interval}, ${review.when}, reviewed at ${review.preview.due} ${currency}: ${made.kind}`
  if (review.when !== 'now') return { story, wrongs, announced: [said] }
  const invoice = await latestOf(stripe, subscriptionId)
  const charged = { amount: invoice.amount_paid, currency: invoice.currency }
  return {
    story,
    announced: [],
    wrongs: [
      ...wrongs,
      ...differences(review.preview, invoice),
      // It is charged today, whatever day that is.
      ...untrue([{ ...said, day: undefined }], charged, null),
    ],
  }
}

// The plan is there already, or not in a state to be changed: the page says so.
function orNone(error: unknown): null {
  if (
    error instanceof BillingError &&
    ['same_plan', 'pay_first', 'plan_is_ending'].includes(`${error.reason}`)
  )
    return null
  throw error
}

async function latestOf(stripe: Stripe, id: string): Promise<Stripe.Invoice> {
  const { latest_invoice } = await stripe.subscriptions.retrieve(id)
  return stripe.invoices.retrieve(String(latest_invoice))
}
