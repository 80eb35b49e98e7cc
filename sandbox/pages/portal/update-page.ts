import type {
  PortalPlan,
  PortalSubscription,
  PortalView,
} from '@/sandbox/lifecycle/portal/portal-view'
import { formError } from '@/sandbox/pages/fields'
import { attributes, type Html, html } from '@/sandbox/pages/html'
import { intervalName } from '@/sandbox/pages/money'
import { portalPage } from './frame'
import { portalPaths } from './paths'
import { planPrice } from './plan-words'

/** The plans that this subscription may change to, one billing interval at a time. */
export function updatePage(
  view: PortalView,
  token: string,
  subscription: PortalSubscription,
  {
    interval,
    back,
    problem = null,
  }: { interval: string | null; back: string; problem?: string | null },
): string {
  const plans = [subscription.plan, ...subscription.choices]
  const names = [...new Set(plans.map(intervalName))]
  const shown = names.find((name) => name === interval) ?? intervalName(subscription.plan)
  const paths = portalPaths(token)
  return portalPage(
    view,
    'Update subscription',
    html`<header><h1>Update subscription</h1>
<p class="quiet">You are on ${subscription.plan.productName}${subscription.quantity > 1 && ` × ${subscription.quantity}`}, ${planPrice(subscription.plan)}. Nothing changes before you confirm.</p></header>
${formError(problem)}
${names.length > 1 && intervals(names, shown, paths.update(subscription.id))}
<form method="get" action="${paths.confirm(subscription.id)}" class="stack narrow">
<fieldset><legend>Choose a plan</legend>${plans
      .filter((plan) => intervalName(plan) === shown)
      .sort((a, b) => a.amount - b.amount)
      .map((plan) =>
        choice(plan, plan === subscription.plan, subscription.adjusts !== null),
      )}</fieldset>
${quantity(subscription)}
<div class="actions"><button class="button primary" type="submit">Continue</button> <a href="${back}">Go back</a></div>
</form>`,
  )
}

function intervals(names: readonly string[], shown: string, path: string): Html {
  return html`<nav aria-label="Billing interval"><div class="segments">${names.map(
    (name) =>
      html`<a${attributes({ href: `${path}?interval=${encodeURIComponent(name)}`, 'aria-current': name === shown ? 'true' : null })}>${name}</a>`,
  )}</div></nav>`
}

function quantity({ adjusts, quantity: now }: PortalSubscription): Html | null {
  if (!adjusts) return null
  const { minimum, maximum } = adjusts
  const field = { type: 'number', id: 'quantity', name: 'quantity', value: now }
  return html`<div class="field"><label for="quantity">Quantity</label>
<input${attributes({ ...field, min: minimum, max: maximum, required: true })}></div>`
}

function choice(plan: PortalPlan, current: boolean, adjusts: boolean): Html {
  return html`<label class="choice"><input${attributes({
    type: 'radio',
    name: 'price',
    value: plan.price,
    required: true,
    // The plan that is there can be kept where only the quantity changes.
    disabled: current && !adjusts,
    checked: current && adjusts,
  })}><strong>${plan.productName}</strong><span>${planPrice(plan)}</span>${
    current && html`<span class="choice-more">Your current plan</span>`
  }</label>`
}
