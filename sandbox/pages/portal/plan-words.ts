import type { PortalPlan, PortalSubscription } from '@/sandbox/lifecycle/portal/portal-view'
import { dateHtml, longDate } from '@/sandbox/pages/dates'
import { type Html, html } from '@/sandbox/pages/html'
import { moneyHtml, perPeriod } from '@/sandbox/pages/money'

/** `$19.00 per month`: what a plan costs at its quantity, before what is taken off. */
export function planPrice(plan: PortalPlan): Html {
  if (plan.metered) return html`Billed ${perPeriod(plan)} by what you use`
  return html`${moneyHtml(plan)} ${perPeriod(plan)}`
}

/** `20% off until March 1, 2027`, for each discount; null when there is none. */
export function discountWords({ discounts }: PortalSubscription): Html | null {
  if (discounts.length === 0) return null
  return html`<p class="quiet">${discounts.map(
    ({ words, until }, nth) =>
      html`${nth > 0 && ', '}${words}${until !== null && html` until ${dateHtml(until)}`}`,
  )}</p>`
}

/** The state of a subscription as a word on a tone; the word alone says it. */
export function statusBadge({ status, cancelAt }: PortalSubscription): Html {
  if (cancelAt !== null && (status === 'active' || status === 'trialing'))
    return html`<span class="status warn">Cancels ${longDate(cancelAt)}</span>`
  const { word, tone } = STATUS[status] ?? { word: status, tone: '' }
  return html`<span class="status ${tone}">${word}</span>`
}

const STATUS: Record<string, { word: string; tone: string }> = {
  active: { word: 'Active', tone: 'ok' },
  trialing: { word: 'Trial', tone: 'ok' },
  past_due: { word: 'Past due', tone: 'bad' },
  unpaid: { word: 'Unpaid', tone: 'bad' },
  incomplete: { word: 'Incomplete', tone: 'warn' },
  paused: { word: 'Paused', tone: '' },
}

/** What happens next and when, in a sentence. */
export function nextStep(subscription: PortalSubscription): Html {
  const { status, cancelAt, trialEnd, currentPeriodEnd, resumesAt } = subscription
  const { scheduled } = subscription
  if (cancelAt !== null)
    return html`Your subscription ends on ${dateHtml(cancelAt)}. You will not be charged again.`
  if (status === 'trialing')
    return html`Your trial ends on ${dateHtml(trialEnd ?? currentPeriodEnd)}. Then you pay ${nextAmount(subscription)}.`
  if (status === 'past_due' || status === 'unpaid')
    return html`The last payment did not go through. Update your payment method to keep your plan.`
  if (status === 'incomplete') return html`The first payment is not finished yet.`
  if (status === 'paused')
    return resumesAt === null
      ? html`Nothing is charged until you resume it.`
      : html`Nothing is charged until ${dateHtml(resumesAt)}. Then it resumes${renewalWords(subscription)}.`
  if (scheduled)
    return html`Changes to ${scheduled.plan.productName}, ${planPrice(scheduled.plan)}, on ${dateHtml(scheduled.at)}${subscription.renewal?.amount !== scheduled.plan.amount && renewalWords(subscription)}.`
  return html`Renews on ${dateHtml(currentPeriodEnd)}${renewalWords(subscription)}.`
}

/** What is charged next: the whole price where it is not known what is taken off. */
function nextAmount({ renewal, plan }: PortalSubscription): Html {
  return renewal ? moneyHtml({ amount: renewal.amount, currency: plan.currency }) : planPrice(plan)
}

/** At how much it renews: what the next invoice asks for, with what is taken off it. */
function renewalWords({ renewal, plan }: PortalSubscription): Html | null {
  if (!renewal) return null
  const { currency } = plan
  const amount = moneyHtml({ amount: renewal.amount, currency })
  const credit = moneyHtml({ amount: renewal.credit, currency })
  const carried = moneyHtml({ amount: renewal.carried, currency })
  return html` at ${amount}${renewal.credit > 0 && html`, after ${credit} of credit`}${renewal.carried > 0 && html`; ${carried} is added to the invoice after it`}`
}
