import type { ChangePreview } from '@/sandbox/lifecycle/portal/change-plan'
import type { PortalSubscription, PortalView } from '@/sandbox/lifecycle/portal/portal-view'
import { cardName } from '@/sandbox/pages/card/name'
import { dateHtml } from '@/sandbox/pages/dates'
import { formError } from '@/sandbox/pages/fields'
import { type Html, html } from '@/sandbox/pages/html'
import { moneyHtml } from '@/sandbox/pages/money'
import { portalPage } from './frame'
import { portalPaths } from './paths'
import { planPrice } from './plan-words'

/** What a change costs, line by line, before it is made. */
export function confirmPage(
  view: PortalView,
  token: string,
  subscription: PortalSubscription,
  preview: ChangePreview,
  { back, problem = null }: { back: string; problem?: string | null },
): string {
  const { plan } = subscription
  return portalPage(
    view,
    'Confirm your update',
    html`<header><h1>Confirm your update</h1>
<p class="quiet">From ${plan.productName}, ${planPrice(plan)}, to <strong>${preview.plan.productName}</strong>, ${planPrice(preview.plan)}.</p></header>
${formError(problem)}
<section aria-labelledby="cost"><h2 id="cost">What you pay</h2>${costs(preview)}
<p class="quiet">${payment(view, preview)}</p></section>
<form method="post" action="${portalPaths(token).confirm(subscription.id)}">
<input type="hidden" name="price" value="${preview.plan.price}"><input type="hidden" name="quantity" value="${preview.quantity}"><input type="hidden" name="proration_date" value="${preview.prorationDate}">
<div class="actions"><button class="button primary" type="submit">Confirm</button> <a href="${back}">Go back</a></div>
</form>`,
  )
}

function costs({ lines, currency, amountDue, nextAmount, nextBillingAt }: ChangePreview): Html {
  return html`<table class="lines" aria-labelledby="cost">
<thead class="visually-hidden"><tr><th scope="col">For</th><th scope="col">Amount</th></tr></thead>
<tbody>${lines.map(
    ({ description, amount }) =>
      html`<tr><th scope="row">${description}</th><td class="end">${moneyHtml({ amount, currency })}</td></tr>`,
  )}</tbody>
<tfoot><tr class="sum"><th scope="row">Amount due today</th><td class="end">${moneyHtml({ amount: amountDue, currency })}</td></tr>
<tr><th scope="row">Then on ${dateHtml(nextBillingAt)}</th><td class="end">${moneyHtml({ amount: nextAmount, currency })}</td></tr></tfoot></table>`
}

function payment(
  { paymentMethod }: PortalView,
  { total, amountDue, carried, currency, waits, nextBillingAt }: ChangePreview,
) {
  if (waits) return html`You keep your plan until ${dateHtml(nextBillingAt)}. Nothing to pay today.`
  if (total < 0)
    return html`Nothing to pay today. ${moneyHtml({ amount: -total, currency })} stays as credit for your next invoices.`
  if (carried > 0)
    return html`Nothing to pay today. ${moneyHtml({ amount: carried, currency })} is too little to charge, and is added to your next invoice.`
  if (amountDue === 0) return 'Nothing to pay today.'
  return paymentMethod
    ? `Charged to ${cardName(paymentMethod)}.`
    : 'You have no payment method: add one before you confirm.'
}
