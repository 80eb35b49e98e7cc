import type { PortalSubscription, PortalView } from '@/sandbox/lifecycle/portal/portal-view'
import type { UnpausePreview } from '@/sandbox/lifecycle/portal/unpause'
import { cardName } from '@/sandbox/pages/card/name'
import { formError } from '@/sandbox/pages/fields'
import { type Html, html } from '@/sandbox/pages/html'
import { moneyHtml } from '@/sandbox/pages/money'
import { portalPage } from './frame'
import { portalPaths } from './paths'
import { planPrice } from './plan-words'

/** What is charged when a paused subscription goes on, line by line, before it does. */
export function unpausePage(
  view: PortalView,
  token: string,
  { id, plan, discounts }: PortalSubscription,
  preview: UnpausePreview,
  { back, problem = null }: { back: string; problem?: string | null },
): string {
  const paths = portalPaths(token)
  const { lines, amountDue, currency } = preview
  return portalPage(
    view,
    'Resume subscription',
    html`<header><h1>Resume your ${plan.productName} subscription</h1>
<p class="quiet">A new period begins today${discounts.length === 0 && html`, at ${planPrice(plan)}`}.</p></header>
${formError(problem)}
<section aria-labelledby="cost"><h2 id="cost">What you pay</h2><table class="lines" aria-labelledby="cost">
<thead class="visually-hidden"><tr><th scope="col">For</th><th scope="col">Amount</th></tr></thead>
<tbody>${lines.map(
      ({ description, amount }) =>
        html`<tr><th scope="row">${description}</th><td class="end">${moneyHtml({ amount, currency })}</td></tr>`,
    )}</tbody>
<tfoot><tr class="sum"><th scope="row">Amount due today</th><td class="end">${moneyHtml({ amount: amountDue, currency })}</td></tr></tfoot></table>
<p class="quiet">${payment(view, preview)}</p></section>
<form method="post" action="${paths.unpause(id)}">
<div class="actions"><button class="button primary" type="submit">Resume subscription</button>
${problem !== null && view.features.paymentMethod && html`<a class="button" href="${paths.paymentMethod}">Update payment method</a>`} <a href="${back}">Go back</a></div>
</form>`,
  )
}

function payment(
  { paymentMethod: card }: PortalView,
  { amountDue, carried, currency }: UnpausePreview,
): Html | string {
  if (carried > 0)
    return html`Nothing to pay today. ${moneyHtml({ amount: carried, currency })} is too little to charge, and is added to your next invoice.`
  if (amountDue === 0) return 'Nothing to pay today.'
  if (!card) return 'You have no payment method: add one before you resume.'
  return `Charged to ${cardName(card)}.`
}
