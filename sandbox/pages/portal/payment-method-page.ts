import type { PortalView } from '@/sandbox/lifecycle/portal/portal-view'
import { cardFields, EMPTY_CARD, testCards } from '@/sandbox/pages/card/fields'
import { cardName } from '@/sandbox/pages/card/name'
import type { CardErrors, CardInput } from '@/sandbox/pages/card/validate'
import { formError } from '@/sandbox/pages/fields'
import { html } from '@/sandbox/pages/html'
import { portalPage } from './frame'
import { portalPaths } from './paths'

/** The form for another card; `problem` is what the bank said to the last one. */
export function paymentMethodPage(
  view: PortalView,
  token: string,
  {
    back,
    input = EMPTY_CARD,
    errors = {},
    problem = null,
  }: { back: string; input?: CardInput; errors?: CardErrors; problem?: string | null },
): string {
  const card = view.paymentMethod
  return portalPage(
    view,
    'Update payment method',
    html`<header><h1>Update payment method</h1>
<p class="quiet">${
      card
        ? `The new card replaces ${cardName(card)} for all later payments. Nothing is charged now.`
        : 'This card is used for all later payments. Nothing is charged now.'
    }</p></header>
<form method="post" action="${portalPaths(token).paymentMethod}" novalidate class="stack narrow">
${testCards(view.now)}
${problem && formError(`${problem} The card was not saved.`)}
${cardFields(input, errors, problem !== null)}
<div class="actions"><button class="button primary" type="submit">Save card</button> <a href="${back}">Go back</a></div>
</form>`,
  )
}
