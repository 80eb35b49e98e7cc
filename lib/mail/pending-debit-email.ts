import { PLANS, type Tier } from '@/lib/catalog/plans'
import { formatMoney, type Money } from '@/lib/money'
import type { Mail } from './mail'
import { renderEmail } from './render'

/** A bank has the order to pay for a plan, and answers in days: what is on meanwhile, and that we write again. */
export function pendingDebitEmail(given: {
  to: string
  tier: Tier | null
  amount: Money
  /** The plan is on although the money is not there yet. */
  isOn: boolean
  billingUrl: string
}): Mail {
  const { to, tier, amount, isOn, billingUrl } = given
  const plan = tier ? PLANS[tier].name : 'your plan'
  const what = `${formatMoney(amount)} for ${plan}`
  return renderEmail({
    to,
    subject: `Your payment for ${plan} is on its way`,
    paragraphs: [
      `Your bank has the order to pay ${what}. That takes a few days.`,
      isOn
        ? `The plan is on meanwhile. We write again when the money has arrived, or if your bank sends it back.`
        : `The plan starts when the money arrives. We write again then, or if your bank sends it back.`,
    ],
    facts: [tier ? ['Plan', plan] : null, ['On its way', formatMoney(amount)]],
    link: { label: 'See your billing', url: billingUrl },
  })
}
