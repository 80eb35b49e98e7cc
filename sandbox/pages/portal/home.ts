import type { PortalSubscription, PortalView } from '@/sandbox/lifecycle/portal/portal-view'
import { cardName } from '@/sandbox/pages/card/name'
import { type Child, type Html, html } from '@/sandbox/pages/html'
import { openButton } from '@/sandbox/pages/links'
import { billingInformation } from './details-summary'
import { portalPage } from './frame'
import { invoiceHistory } from './invoice-history'
import { portalPaths } from './paths'
import { discountWords, nextStep, planPrice, statusBadge } from './plan-words'
import { taxIds } from './tax-ids'

/** The portal's first page; `done` says what was just changed. */
export function homePage(view: PortalView, token: string, done: Child = null): string {
  const { businessName, headline, features } = view
  return portalPage(
    view,
    'Billing',
    html`<header><h1>Billing</h1>
<p class="quiet">${headline ?? `Your plan, payment method and invoices at ${businessName}.`}</p></header>
${done && html`<p class="message ok" role="status">${done}</p>`}
${subscriptions(view, token)}
${paymentMethod(view, token)}
${billingInformation(view, token)}
${taxIds(view, token)}
${features.invoices && invoiceHistory(view)}`,
  )
}

function subscriptions(view: PortalView, token: string): Html {
  const several = view.subscriptions.length > 1
  return html`<section aria-labelledby="subscription"><h2 id="subscription">${
    several ? 'Current subscriptions' : 'Current subscription'
  }</h2>
${
  view.subscriptions.length === 0
    ? html`<p class="quiet">You have no subscription at the moment.</p>`
    : view.subscriptions.map((subscription) => plan(view, token, subscription))
}</section>`
}

function plan(view: PortalView, token: string, subscription: PortalSubscription): Html {
  const { plan, quantity } = subscription
  return html`<div class="plan row"><div>
<h3>${plan.productName}${quantity > 1 && ` × ${quantity}`} ${statusBadge(subscription)}</h3>
<p class="amount">${planPrice(plan)}</p>
${discountWords(subscription)}
<p class="quiet">${nextStep(subscription)}</p></div>
<div class="actions">${planActions(view, token, subscription)}</div></div>`
}

function planActions({ features }: PortalView, token: string, subscription: PortalSubscription) {
  const { id, status, cancelAt, choices, pausable, scheduled } = subscription
  const paths = portalPaths(token)
  if (cancelAt !== null)
    return (
      features.cancel.enabled &&
      html`<form method="post" action="${paths.resume(id)}"><button class="button compact primary" type="submit">Don't cancel subscription</button></form>`
    )
  if (status === 'paused')
    return [
      features.pause && openButton(paths.unpause(id), 'Resume subscription', 'primary'),
      features.cancel.enabled && openButton(paths.cancel(id), 'Cancel subscription'),
    ]
  return [
    scheduled !== null &&
      html`<form method="post" action="${paths.resume(id)}"><button class="button compact primary" type="submit">Don't change subscription</button></form>`,
    features.changePlan &&
      (choices.length > 0 || subscription.adjusts !== null) &&
      openButton(paths.update(id), 'Update subscription', 'primary'),
    pausable && openButton(paths.pause(id), 'Pause subscription'),
    features.cancel.enabled && openButton(paths.cancel(id), 'Cancel subscription'),
  ]
}

function paymentMethod(
  { features, paymentMethod: card, customer }: PortalView,
  token: string,
): Html | null {
  if (!features.paymentMethod && card === null) return null
  return html`<section aria-labelledby="payment-method"><h2 id="payment-method">Payment method</h2>
<div class="row"><p>${
    card
      ? html`<strong>${cardName(card)}</strong><br><span class="quiet">${[card.expires && `Expires ${expiry(card.expires)}`, customer.name].filter(Boolean).join(', ')}</span>`
      : html`<span class="quiet">No payment method is saved.</span>`
  }</p>
<div class="actions">${features.paymentMethod && openButton(portalPaths(token).paymentMethod, card ? 'Update payment method' : 'Add payment method')}</div></div></section>`
}

function expiry({ month, year }: { month: number; year: number }): string {
  return `${String(month).padStart(2, '0')} / ${year}`
}
